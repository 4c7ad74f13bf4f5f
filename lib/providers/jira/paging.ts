import { type ZodType, z } from 'zod'
import type { Api, Query } from '#lib/providers/define-api.ts'

const PER_PAGE = 50

const startOf = (cursor: string | undefined): number => (cursor && /^\d{1,9}$/.test(cursor) ? Number(cursor) : 0)

/** One page of a list that is counted by `startAt`, and the cursor of the next. */
export async function readPage<T>(
  api: Api,
  path: string,
  { item, query, cursor }: { item: ZodType<T>; query?: Query; cursor?: string | undefined },
): Promise<{ values: T[]; nextCursor?: string }> {
  const startAt = startOf(cursor)
  const Values = z.object({ values: z.array(item), isLast: z.boolean().optional(), total: z.number().optional() })
  const { values, isLast, total } = await api(path, {
    schema: Values,
    query: { startAt, maxResults: PER_PAGE, ...query },
  })
  const next = startAt + values.length
  const isOver = values.length === 0 || (isLast ?? next >= (total ?? next))
  return { values, ...(isOver ? {} : { nextCursor: String(next) }) }
}
