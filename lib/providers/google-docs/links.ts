import { writeDocumentId, writeSearchId } from './ids.ts'

/** The pages are on a host of their own; under the API's address they are where that stands for both. */
const pages = new Set(['docs.google.com', 'docs.googleapis.com'])

/** What stands before the thing itself: another of one's accounts (`u/1`), an older Workspace domain (`a/acme.example`). */
const lead = /^\/(?:a\/[^/]+\/)?document\/(?:u\/\d+\/)?d\/([^/]+)/

/** docs.google.com/document/d/ID and what follows; one that was published has an id of its own behind `d/e/`. */
export function documentLink(url: URL): string | null {
  const file = pages.has(url.host) ? lead.exec(url.pathname)?.[1] : undefined
  return file ? writeDocumentId({ file, key: url.searchParams.get('resourcekey') }) : null
}

/** The page of Drive that shows what a search finds. */
export const searchUrl = (typed: string): string =>
  `https://drive.google.com/drive/search?${new URLSearchParams({ q: `type:document ${typed}` })}`

/** drive.google.com/drive/search?q=..., where it is for documents. */
export function searchLink(url: URL): string | null {
  if (url.host !== 'drive.google.com' || !/^\/drive\/(?:u\/\d+\/)?search$/.test(url.pathname)) return null
  const [, typed] = /^type:document\s+(.+)$/.exec(url.searchParams.get('q') ?? '') ?? []
  return typed ? writeSearchId(typed) : null
}
