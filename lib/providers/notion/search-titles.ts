import type { ZodType } from 'zod'
import type { Api } from '#lib/providers/define-api.ts'
import { isTrashed, listOf, nextOf } from './shapes.ts'

type Asked<T> = {
  of: 'page' | 'data_source'
  schema: ZodType<T>
  query?: string
  cursor?: string | undefined
  count: number
}
type Thrown = { in_trash?: boolean | undefined; archived?: boolean | undefined }

/**
 * What is shared with the connection, the last changed first; of what has `query` in its title, if there is one. Notion finds
 * nothing else than titles, and what is new a little late (developers.notion.com/reference/search-optimizations-and-limitations).
 */
export async function searchTitles<T extends Thrown>(
  api: Api,
  { of, schema, query, cursor, count }: Asked<T>,
): Promise<{ found: T[]; nextCursor?: string }> {
  const answer = await api('/search', {
    method: 'POST',
    schema: listOf(schema),
    body: {
      filter: { property: 'object', value: of },
      page_size: count,
      ...(query ? { query } : { sort: { timestamp: 'last_edited_time', direction: 'descending' } }),
      ...(cursor === undefined ? {} : { start_cursor: cursor }),
    },
  })
  const nextCursor = nextOf(answer)
  return { found: answer.results.filter((one) => !isTrashed(one)), ...(nextCursor ? { nextCursor } : {}) }
}
