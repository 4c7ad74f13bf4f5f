import { type Answer, type Call, json } from '#sandbox/http.ts'

const whole = (text: string | null, otherwise: number): number =>
  text !== null && /^\d{1,9}$/.test(text) && text !== '0' ? Number(text) : otherwise

/** Which part of a list was asked for: 30 a page, 100 at most. */
export function pageOf(call: Call): { page: number; perPage: number } {
  return { page: whole(call.query.get('page'), 1), perPage: Math.min(whole(call.query.get('per_page'), 30), 100) }
}

/** The Link header (RFC 8288) of one page of a list; empty when there is only one. `address` is the list's own, without query. */
export function linkHeader(call: Call, address: string, total: number): Record<string, string> {
  const { page, perPage } = pageOf(call)
  const last = Math.max(1, Math.ceil(total / perPage))
  const at = (number: number, name: string) => {
    const query = new URLSearchParams(call.query)
    query.set('page', String(number))
    return `<${address}?${query}>; rel="${name}"`
  }
  const links = [
    ...(page > 1 ? [at(page - 1, 'prev')] : []),
    ...(page < last ? [at(page + 1, 'next'), at(last, 'last')] : []),
    ...(page > 1 ? [at(1, 'first')] : []),
  ]
  return links.length === 0 ? {} : { link: links.join(', ') }
}

/** One page of a list, each item shown by `show`. */
export async function listed<Item>(
  call: Call,
  address: string,
  items: readonly Item[],
  show: (item: Item) => unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const { page, perPage } = pageOf(call)
  const shown = await Promise.all(items.slice((page - 1) * perPage, page * perPage).map(show))
  return json(200, shown, { ...headers, ...linkHeader(call, address, items.length) })
}
