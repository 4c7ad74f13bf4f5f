import { fieldProblem } from '#lib/platform/problem.ts'
import type { WholeListQuery } from '#lib/platform/schema.ts'

type Page<T> = { items: T[]; nextCursor: string | null }

/** A page of a list that is read whole: everything without a `limit`, else from behind the item that `cursor` names. */
export function pageIn<T extends { id: string }>(all: readonly T[], { cursor, limit }: WholeListQuery): Page<T> {
  const at = cursor === undefined ? -1 : all.findIndex(({ id }) => id === cursor)
  if (cursor !== undefined && at < 0)
    throw fieldProblem('cursor', 'This cursor is not one of ours. Start again without it.')
  const rest = all.slice(at + 1)
  const items = rest.slice(0, limit)
  return { items, nextCursor: items.length < rest.length ? (items.at(-1)?.id ?? null) : null }
}
