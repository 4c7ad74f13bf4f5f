import type { Answer, Call } from '#sandbox/http.ts'
import { document } from './refusal.ts'
import type { State } from './state.ts'

const USUAL = 20
const LARGEST = 100

type Kind = {
  /** No totals and no last page, as the runs of an organization have it. */
  isEndless?: boolean
  /** Everything at once unless a page is asked for. */
  isWholeByDefault?: boolean
}

const natural = (text: string | null, otherwise: number): number =>
  text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : otherwise

/** One page of a list (developer.hashicorp.com/terraform/cloud-docs/api-docs#pagination); `included` is of this page. */
export function listed<Item>(
  call: Call,
  state: State,
  items: readonly Item[],
  show: (item: Item) => unknown,
  { isEndless = false, isWholeByDefault = false }: Kind = {},
  include: (page: readonly Item[]) => { included?: unknown[] } = () => ({}),
): Answer {
  const isAsked = call.query.has('page[number]') || call.query.has('page[size]')
  if (isWholeByDefault && !isAsked) return document(200, { data: items.map(show), ...include(items) })
  const size = Math.min(LARGEST, natural(call.query.get('page[size]'), USUAL))
  const number = natural(call.query.get('page[number]'), 1)
  const pages = Math.max(1, Math.ceil(items.length / size))
  const previous = number > 1 ? number - 1 : null
  const next = number < pages ? number + 1 : null
  const link = (at: number | null) => (at === null ? null : addressOf(call, state, at, size))
  const shown = items.slice((number - 1) * size, number * size)
  const ends = { first: link(1), last: link(pages) }
  const totals = { 'total-pages': pages, 'total-count': items.length }
  return document(200, {
    data: shown.map(show),
    ...include(shown),
    links: { self: link(number), prev: link(previous), next: link(next), ...(isEndless ? {} : ends) },
    meta: {
      pagination: {
        'current-page': number,
        'page-size': size,
        'prev-page': previous,
        'next-page': next,
        ...(isEndless ? {} : totals),
      },
    },
  })
}

function addressOf(call: Call, state: State, number: number, size: number): string {
  const query = new URLSearchParams(call.query)
  query.set('page[number]', String(number))
  query.set('page[size]', String(size))
  return `${state.world.url}${call.path}?${query}`
}
