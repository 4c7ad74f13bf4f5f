import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { findDocuments } from './files.ts'
import { readSearchId, writeSearchId } from './ids.ts'
import { searchLink, searchUrl } from './links.ts'
import { byText } from './query.ts'

const SHOWN = 5

/** A search as a thing that can stand on a board: the first of what it finds. Drive does not count the rest. */
function toSearch(id: string, typed: string, items: readonly Resource[]): Resource {
  const hits = items.slice(0, SHOWN).map(({ title, url, body }) => ({ title, url, detail: body?.editor }))
  return { kind: 'document_search', id, title: typed, url: searchUrl(typed), body: { query: typed, hits } }
}

/** Documents by what they say. */
async function search(api: Api, text: string, { cursor }: { cursor?: string }): Promise<Page> {
  const typed = text.trim()
  const [query, id] = [byText(typed), writeSearchId(typed)]
  if (query === null || id === null) return { items: [] }
  const { items, ...more } = await findDocuments(api, query, { cursor })
  return { items: [...(cursor === undefined ? [toSearch(id, typed, items)] : []), ...items], ...more }
}

async function read(api: Api, id: string): Promise<Resource> {
  const typed = readSearchId(id)
  const query = byText(typed)
  const { items } = query === null ? { items: [] } : await findDocuments(api, query, { count: SHOWN })
  return toSearch(id, typed, items)
}

export const documentSearch: Reader = {
  kind: 'document_search',
  name: 'Document search',
  looks: 'found',
  search,
  searchOnDemand: true,
  read,
  match: searchLink,
}
