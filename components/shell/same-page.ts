/**
 * Where a switch to another organization leads: the same page of the navigation if one is shown now, else the boards.
 * What lies under a page (one board, one provider) belongs to the old organization and is left behind. Paths start with `/slug`.
 */
export function samePage(pathname: string, from: string, to: string, hrefs: readonly string[]): string {
  const page = hrefs.find((href) => pathname === href || pathname.startsWith(`${href}/`))
  return page?.startsWith(`/${from}/`) ? `/${to}${page.slice(from.length + 1)}` : `/${to}/boards`
}
