import { parseJson } from '#sandbox/http.ts'
import { badParameter } from './refusal.ts'

const MOST = 150

/** A page as it is asked for, with a cursor. */
export type Wanted = { perPage: number; after: string | null }
/** A list's order: the value that an item stands by, and its id where two stand by the same. */
export type Order<Item> = {
  isDescending: boolean
  keyOf: (item: Item) => number | string
  idOf: (item: Item) => string
}
type Key = number | string

/** `per_page` as a number up to 150. */
export function perPageOf(value: unknown, otherwise: number): number {
  if (value === undefined || value === null || value === '') return otherwise
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : ''
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) throw badParameter('Per Page is invalid')
  if (Number(text) > MOST) throw badParameter('Per Page is too big')
  return Number(text)
}

const encode = (key: Key, id: string, page: number): string =>
  Buffer.from(JSON.stringify([key, id, page])).toString('base64')

function decode(after: string): { key: Key; id: string; page: number } {
  const value = parseJson(Buffer.from(after, 'base64'))
  const [key, id, page]: unknown[] = Array.isArray(value) ? value : []
  const isKey = typeof key === 'number' || typeof key === 'string'
  if (!isKey || typeof id !== 'string' || typeof page !== 'number') throw badParameter('starting_after is invalid')
  if (encode(key, id, page) !== after) throw badParameter('starting_after is invalid')
  return { key, id, page }
}

const compare = (a: Key, b: Key): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [left, right] = [String(a), String(b)]
  return left === right ? 0 : left < right ? -1 : 1
}

/** One page of a list that goes by cursor: what stands behind the item that the cursor was made of. */
export function cursorPage<Item>(items: readonly Item[], { perPage, after }: Wanted, order: Order<Item>) {
  const turn = order.isDescending ? -1 : 1
  const byKey = (one: [Key, string], other: [Key, string]): number =>
    turn * (compare(one[0], other[0]) || compare(one[1].padStart(24, '0'), other[1].padStart(24, '0')))
  const place = (item: Item): [Key, string] => [order.keyOf(item), order.idOf(item)]
  const sorted = items.toSorted((a, b) => byKey(place(a), place(b)))
  const cursor = after === null || after === '' ? null : decode(after)
  const rest = cursor ? sorted.filter((item) => byKey(place(item), [cursor.key, cursor.id]) > 0) : sorted
  const shown = rest.slice(0, perPage)
  const page = cursor?.page ?? 1
  const last = shown.at(-1)
  const next =
    last && rest.length > perPage
      ? { next: { page: page + 1, starting_after: encode(order.keyOf(last), order.idOf(last), page + 1) } }
      : {}
  const pages = { type: 'pages', page, ...next, per_page: perPage, total_pages: Math.ceil(items.length / perPage) }
  return { shown, pages, total_count: items.length }
}

/**
 * One page of a list that goes by number. Its `next` is an address, and `per_page` comes back as it was sent: as text.
 * `address` is the list's own, without a query.
 */
export function numberedPage<Item>(
  items: readonly Item[],
  query: URLSearchParams,
  { perPage: otherwise, address }: { perPage: number; address: string },
) {
  const perPage = perPageOf(query.get('per_page'), otherwise)
  const sent = query.get('page') ?? '1'
  if (!/^[1-9]\d{0,8}$/.test(sent)) throw badParameter('Page is invalid')
  const page = Number(sent)
  const total = Math.ceil(items.length / perPage)
  const following = new URLSearchParams(query)
  following.set('page', String(page + 1))
  following.set('per_page', String(perPage))
  const next = page < total ? { next: `${address}?${following}` } : {}
  const shown = items.slice((page - 1) * perPage, page * perPage)
  const pages = {
    type: 'pages',
    ...next,
    page,
    per_page: query.has('per_page') ? String(perPage) : perPage,
    total_pages: total,
  }
  return { shown, pages, total_count: items.length }
}
