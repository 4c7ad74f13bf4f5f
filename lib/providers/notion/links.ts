import { notionId } from './ids.ts'

/** Where pages have their addresses: Notion's own hosts, and one for each workspace that publishes some. */
const isNotion = ({ protocol, port, hostname }: URL): boolean =>
  /^https?:$/.test(protocol) &&
  port === '' &&
  /^(?:(?:www\.)?notion\.so|app\.notion\.com|[a-z\d-]+\.notion\.site)$/.test(hostname)

const AT_THE_END = /(?:^|-)([\da-f]{32}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i

/** The id that an address ends with, behind a title or alone. */
function idIn({ pathname }: URL): string | null {
  const last = pathname.split('/').findLast(Boolean) ?? ''
  return notionId(AT_THE_END.exec(last)?.[1] ?? '')
}

/**
 * app.notion.com/p/Title-954b67f93f8741db887423b92bbd31ee, notion.so/acme/Title-954b..., notion.so/954b... A page that is open
 * beside its database is named by `p`. Nothing in an address tells a page from a database that is shown without a view.
 */
export function pageLink(url: URL): string | null {
  if (!isNotion(url)) return null
  const beside = url.searchParams.get('p')
  if (beside !== null) return notionId(beside)
  return url.searchParams.has('v') ? null : idIn(url)
}

/** notion.so/acme/954b67f93f8741db887423b92bbd31ee?v=...: only databases have views. */
export function databaseLink(url: URL): string | null {
  const { searchParams } = url
  return isNotion(url) && searchParams.has('v') && !searchParams.has('p') ? idIn(url) : null
}
