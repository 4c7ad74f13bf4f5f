import { unlessRefused } from '#lib/providers/api.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { notionId } from './ids.ts'
import { databaseLink } from './links.ts'
import { around, type Place, placeFinder } from './place.ts'
import { UNTITLED } from './properties.ts'
import { readAny } from './read-any.ts'
import { searchTitles } from './search-titles.ts'
import { DataSource } from './shapes.ts'

const FOUND = 20
const LISTED = 100
const LOOKS_UP = 10

type Finder = (table: DataSource) => Promise<Place>

/**
 * Where the databases of tables are. Many of them are inside of a page each, and not all of these are asked about: one that
 * is too much, or that cannot be read now, costs the list nothing.
 */
function finder(api: Api, found: readonly DataSource[]): Finder {
  const known = found.flatMap(({ parent, database_parent: above, title }) =>
    above ? [[`/databases/${notionId(parent.database_id ?? '')}`, { parent: above, title }] as const] : [],
  )
  const placeOf = placeFinder(api, LOOKS_UP, new Map(known))
  const unknown = { databases: [], isKnown: false }
  return async ({ database_parent: above }) => (above && (await unlessRefused(placeOf(above)))) || unknown
}

/** The database of a table: a search finds tables, addresses and cards are of databases. */
async function toDatabase(table: DataSource, placeOf: Finder): Promise<Resource[]> {
  const { title, description, parent, url, last_edited_time } = table
  const id = notionId(parent.database_id ?? '')
  if (!id) return []
  const { databases } = await placeOf(table)
  return [
    {
      kind: 'database',
      id,
      ...around(databases),
      title: title || UNTITLED,
      url: url ?? '',
      ...(last_edited_time ? { updatedAt: last_edited_time } : {}),
      ...(description ? { excerpt: description } : {}),
    },
  ]
}

async function page(api: Api, asked: { query?: string; cursor?: string | undefined; count: number }): Promise<Page> {
  const { found, nextCursor } = await searchTitles(api, { of: 'data_source', schema: DataSource, ...asked })
  // one with several tables is found by each of them
  const placeOf = finder(api, found)
  const all = (await Promise.all(found.map((table) => toDatabase(table, placeOf)))).flat()
  const byId = new Map(all.toReversed().map((one) => [one.id, one]))
  return { items: [...byId.values()].toReversed(), ...(nextCursor ? { nextCursor } : {}) }
}

export const databases: Reader = {
  kind: 'database',
  name: 'Database',
  looks: 'found',
  children: ['page'],
  list: (api, { cursor }) => page(api, { cursor, count: LISTED }),
  search: (api, query, { cursor }) => page(api, { query, cursor, count: FOUND }),
  read: (api, id) => readAny(api, id, 'database'),
  match: databaseLink,
}
