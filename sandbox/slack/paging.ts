import { type Args, Refusal } from './access.ts'

const encode = (kind: string, key: string): string => Buffer.from(`${kind}:${key}`).toString('base64')

/** What a cursor points to; null without one. Refuses a cursor that this list did not give. */
export function cursorKey(args: Args, kind: string): string | null {
  if (!args.cursor) return null
  const text = Buffer.from(args.cursor, 'base64').toString('utf8')
  const key = text.startsWith(`${kind}:`) ? text.slice(kind.length + 1) : ''
  if (key === '' || encode(kind, key) !== args.cursor) throw new Refusal('invalid_cursor')
  return key
}

/** `limit` as a number up to `most`. */
export function limitOf(args: Args, otherwise: number, most: number): number {
  if (args.limit === undefined || args.limit === '') return otherwise
  if (!/^\d{1,6}$/.test(args.limit) || args.limit === '0') throw new Refusal('invalid_limit')
  if (Number(args.limit) > most) throw new Refusal('invalid_limit')
  return Number(args.limit)
}

/** One page of a list, beginning at the item that the cursor names. `kind` and `keyOf` make the cursor. */
export function pageOf<Item>(
  args: Args,
  items: readonly Item[],
  { kind, keyOf, limit }: { kind: string; keyOf: (item: Item) => string; limit: number },
): { shown: Item[]; next: string } {
  const key = cursorKey(args, kind)
  const start = key === null ? 0 : items.findIndex((item) => keyOf(item) === key)
  if (start < 0) throw new Refusal('invalid_cursor')
  const following = items[start + limit]
  return {
    shown: items.slice(start, start + limit),
    next: following === undefined ? '' : encode(kind, keyOf(following)),
  }
}
