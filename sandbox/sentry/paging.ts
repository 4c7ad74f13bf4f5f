import { type Answer, type Call, json } from '#sandbox/http.ts'
import { invalid } from './access.ts'
import type { State } from './state.ts'

const LARGEST = 100

function sizeOf(call: Call, name: 'per_page' | 'limit'): number {
  const text = call.query.get(name)
  if (text === null || text === '') return LARGEST
  const size = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (size === 0 || (name === 'per_page' && size > LARGEST)) {
    throw invalid(`Invalid ${name} value. Must be between 1 and ${LARGEST}.`)
  }
  return Math.min(size, LARGEST)
}

/** One page of a list with both Link relations, which are there on every page (docs.sentry.io/api/pagination). */
export function listed<Item>(
  call: Call,
  state: State,
  items: readonly Item[],
  show: (item: Item) => unknown,
  sizeName: 'per_page' | 'limit' = 'per_page',
): Answer {
  const size = sizeOf(call, sizeName)
  const cursor = /^0:(\d{1,9}):[01]$/.exec(call.query.get('cursor') || '0:0:0')
  if (!cursor) throw invalid('Invalid cursor parameter.')
  const offset = Number(cursor[1])
  const query = new URLSearchParams(call.query)
  query.delete('cursor')
  const address = `${state.world.url}${call.path}?${query}`
  const link = (rel: string, results: boolean, at: string) =>
    `<${address}&cursor=${at}>; rel="${rel}"; results="${results}"; cursor="${at}"`
  const links = [
    link('previous', offset > 0, `0:${Math.max(0, offset - size)}:1`),
    link('next', offset + size < items.length, `0:${offset + size}:0`),
  ]
  return json(200, items.slice(offset, offset + size).map(show), { link: links.join(', ') })
}
