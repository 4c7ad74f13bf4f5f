import type { Api, Page, Reader, Resource } from '#lib/providers/define.ts'
import { notionId } from './ids.ts'
import { databaseLink } from './links.ts'
import { UNTITLED } from './properties.ts'
import { readAny } from './read-any.ts'
import { searchTitles } from './search-titles.ts'
import { DataSource } from './shapes.ts'

const FOUND = 20
const LISTED = 100

/** The database of a table: a search finds tables, addresses and cards are of databases. */
function toDatabase({ title, description, parent, url, last_edited_time }: DataSource): Resource[] {
  const id = notionId(parent.database_id ?? '')
  if (!id) return []
  return [
    {
      kind: 'database',
      id,
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
  const byId = new Map(
    found
      .flatMap(toDatabase)
      .toReversed()
      .map((one) => [one.id, one]),
  )
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
