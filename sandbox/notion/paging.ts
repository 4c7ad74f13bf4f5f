import { z } from 'zod'
import type { Call } from '#sandbox/http.ts'
import { queryOf } from './input.ts'
import { invalid } from './refusal.ts'
import { uuidOf } from './state.ts'

const MOST = 100

/** What every list takes (developers.notion.com/reference/intro, pagination). */
export const pageFields = {
  start_cursor: z.string().nullish(),
  page_size: z.number().int().min(1).max(MOST).optional(),
}
export type PageWanted = { start_cursor?: string | null | undefined; page_size?: number | undefined }

const PageQuery = z.object({
  start_cursor: z.string().optional(),
  page_size: z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.number().int().min(1).max(MOST))
    .optional(),
})

/** The page that a query asks for. */
export const queryPage = (call: Call): PageWanted => queryOf(call, PageQuery)

/** One page of a list. `name` says which list this is: a cursor of another is refused. */
export function listOf<Item extends { id: string }>(
  items: readonly Item[],
  { start_cursor, page_size = MOST }: PageWanted,
  { kind, name, shape }: { kind: string; name: string; shape: (item: Item) => object },
): object {
  const cursorOf = ({ id }: Item): string => uuidOf(`cursor ${name} ${id}`)
  const start = start_cursor ? items.findIndex((item) => cursorOf(item) === start_cursor) : 0
  if (start < 0) throw invalid(`The start_cursor provided is invalid: ${start_cursor}`)
  const following = items[start + page_size]
  return {
    object: 'list',
    results: items.slice(start, start + page_size).map(shape),
    next_cursor: following === undefined ? null : cursorOf(following),
    has_more: following !== undefined,
    type: kind,
    [kind]: {},
  }
}
