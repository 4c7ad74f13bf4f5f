import { type Answer, type Call, json } from '#sandbox/http.ts'
import { invalid } from './access.ts'
import { trimmed } from './fields.ts'
import type { State } from './state.ts'

type Options = { usual?: number; largest?: number; hidden?: readonly string[] }

function lengthOf(call: Call, { usual = 10, largest = 100 }: Options): number {
  const text = call.query.get('pagelen')
  if (text === null) return usual
  const length = /^\d{1,6}$/.test(text) ? Number(text) : -1
  if (length < 0 || length > largest) throw invalid('Invalid pagelen')
  return length || usual
}

function addressOf(call: Call, state: State, changed: Record<string, string>): string {
  const query = new URLSearchParams(call.query)
  for (const [name, value] of Object.entries(changed)) query.set(name, value)
  return `${state.world.url}${call.path}?${query}`
}

/** One page of a list that is numbered; `next` is there while there is more. */
export async function numbered<Item>(
  call: Call,
  state: State,
  items: readonly Item[],
  show: (item: Item) => unknown,
  options: Options = {},
): Promise<Answer> {
  const pagelen = lengthOf(call, options)
  const text = call.query.get('page') ?? '1'
  const page = /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 0
  const start = (page - 1) * pagelen
  if (page === 0 || (start >= items.length && page > 1)) throw invalid('Invalid page')
  const hasMore = start + pagelen < items.length
  const body = {
    values: await Promise.all(items.slice(start, start + pagelen).map(show)),
    pagelen,
    size: items.length,
    page,
    ...(hasMore && { next: addressOf(call, state, { page: String(page + 1) }) }),
    ...(page > 1 && { previous: addressOf(call, state, { page: String(page - 1) }) }),
  }
  return json(200, trimmed(call, body, options.hidden))
}

/**
 * One page of a list that only its own `next` leads through: no number of the page, no size of the whole. `name` is the
 * parameter that holds the place; a page of one's own making is refused.
 */
export async function chained<Item>(
  call: Call,
  state: State,
  items: readonly Item[],
  show: (item: Item) => unknown,
  name: 'ctx' | 'page',
  options: Options = {},
): Promise<Answer> {
  const pagelen = lengthOf(call, options)
  const place = call.query.get(name)
  const start = place === null ? 0 : placeOf(place)
  if (start === null || (name === 'ctx' && place === null && (call.query.get('page') ?? '1') !== '1')) {
    throw invalid('Invalid page')
  }
  const after = start + pagelen
  const body = {
    values: await Promise.all(items.slice(start, after).map(show)),
    ...(items.length === 0 ? { size: 0 } : { pagelen }),
    ...(after < items.length && { next: addressOf(call, state, { [name]: placeName(after) }) }),
  }
  return json(200, trimmed(call, body, options.hidden))
}

const placeName = (at: number): string => Buffer.from(`at ${at}`).toString('base64')

function placeOf(text: string): number | null {
  const [, at] = /^at (\d{1,9})$/.exec(Buffer.from(text, 'base64').toString()) ?? []
  return at === undefined ? null : Number(at)
}
