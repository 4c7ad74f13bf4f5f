/** Whether `pathname` is the page of `href` or, unless `exact`, one under it. */
export function isCurrent(pathname: string, href: string, exact: boolean): boolean {
  const path = href.split(/[?#]/)[0] ?? href
  return pathname === path || (!exact && pathname.startsWith(`${path}/`))
}
