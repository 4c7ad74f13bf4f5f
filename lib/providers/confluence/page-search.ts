import { readQuery, within, writeQuery } from '#lib/providers/atlassian-query.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { toQuery } from './cql.ts'
import { type Found, findPages, toHit, toPage } from './find-pages.ts'
import { SearchId } from './ids.ts'
import { clauseOf } from './pages.ts'
import { wikiUrl } from './spaces.ts'

const SHOWN = 5

/** A query as a thing that can stand on a board: how much it finds, and the first of it. */
function toList(api: Api, query: string, { hits, total, refused }: Found): Resource {
  return {
    kind: 'page_search',
    id: SearchId.write(api, writeQuery(query)),
    title: query,
    url: wikiUrl(api, `/search?${new URLSearchParams({ cql: query })}`),
    body: {
      query,
      ...(total === undefined ? {} : { total }),
      ...(refused === undefined ? {} : { refused }),
      hits: hits.slice(0, SHOWN).map((hit) => toHit(api, hit)),
    },
  }
}

/** What a query finds; one that Confluence refuses finds nothing, and is told in its own words. */
async function search(
  api: Api,
  typed: string,
  { parent, cursor }: { parent?: string; cursor?: string },
): Promise<Page> {
  const query = parent === undefined ? toQuery(typed) : within(clauseOf(api, parent), toQuery(typed))
  const found = await findPages(api, query, { cursor })
  if (found.refused !== undefined) return { items: [], message: found.refused }
  const itself = cursor === undefined ? [toList(api, query, found)] : []
  return {
    items: [...itself, ...found.hits.flatMap((hit) => toPage(api, hit) ?? [])],
    ...(found.nextCursor ? { nextCursor: found.nextCursor } : {}),
  }
}

async function read(api: Api, id: string): Promise<Resource> {
  const query = readQuery(SearchId.read(api, id))
  return toList(api, query, await findPages(api, query, { count: SHOWN }))
}

export const pageSearch: Reader = {
  kind: 'page_search',
  name: 'CQL search',
  looks: 'found',
  search,
  searchOnDemand: true,
  read,
}
