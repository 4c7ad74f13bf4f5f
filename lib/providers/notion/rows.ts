import type { Api } from '#lib/providers/define-api.ts'
import { Database, isTrashed, listOf, nextOf, PageObject } from './shapes.ts'

/** A database with the sources its rows are in. */
export const findDatabase = (api: Api, id: string): Promise<Database> => api(`/databases/${id}`, { schema: Database })

/** Which of a database's tables comes next, and where in it. */
function placeIn(cursor = '0'): { table: number; at?: string } {
  const [, table = '0', at] = /^(\d{1,3})(?::(.+))?$/s.exec(cursor) ?? []
  return { table: Number(table), ...(at === undefined ? {} : { at }) }
}

type Asked = { count: number; cursor?: string | undefined; titled?: string | undefined }

/** The property of a title has this id in every table (developers.notion.com/reference/property-object). */
const inTitle = (words: string) => ({ property: 'title', title: { contains: words } })

/** Rows of a database, those last changed first; those of its second table follow on those of its first. */
export async function rowsOf(
  api: Api,
  { data_sources }: Database,
  { count, cursor, titled }: Asked,
): Promise<{ rows: PageObject[]; nextCursor?: string }> {
  const { table, at } = placeIn(cursor)
  const source = data_sources?.[table]
  if (!source) return { rows: [] }
  const answer = await api(`/data_sources/${source.id}/query`, {
    method: 'POST',
    schema: listOf(PageObject),
    body: {
      page_size: count,
      sorts: [{ timestamp: 'last_edited_time', direction: 'descending' }],
      ...(at === undefined ? {} : { start_cursor: at }),
      ...(titled === undefined ? {} : { filter: inTitle(titled) }),
    },
  })
  const next = nextOf(answer)
  const hasMore = next !== undefined || data_sources?.[table + 1] !== undefined
  return {
    rows: answer.results.filter((row) => !isTrashed(row)),
    ...(hasMore ? { nextCursor: next === undefined ? String(table + 1) : `${table}:${next}` } : {}),
  }
}
