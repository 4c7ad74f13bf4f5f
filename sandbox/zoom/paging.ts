import { randomBytes } from 'node:crypto'
import type { Call } from '#sandbox/http.ts'
import type { Context } from './access.ts'
import { invalidField, Refusal } from './refusal.ts'
import type { State } from './state.ts'

const TOKEN_MS = 15 * 60_000

/** One page of a list: `shown` of it, and what its answer says of the pages. */
export type Page<Item> = { shown: readonly Item[]; about: Record<string, unknown> }

/** The page that a query asks for; `hasNumbers` is a list that still takes `page_number` (developers.zoom.us/docs/api/using-zoom-apis, pagination). */
export function pageOf<Item>(call: Call, context: Context, items: readonly Item[], hasNumbers = false): Page<Item> {
  const { state } = context
  const size = whole(call, 'page_size', 30, 300)
  const number = hasNumbers ? whole(call, 'page_number', 1, 100_000) : 1
  const question = questionOf(call, context)
  const token = call.query.get('next_page_token') || null
  const start = token === null ? (number - 1) * size : startOf(state, token, question)
  const end = start + size
  return {
    shown: items.slice(start, end),
    about: {
      page_count: Math.ceil(items.length / size),
      ...(hasNumbers && { page_number: Math.floor(start / size) + 1 }),
      page_size: size,
      total_records: items.length,
      next_page_token: end < items.length ? newToken(state, question, end) : '',
    },
  }
}

/** A whole number of the query, from 1 to the most there may be. */
export function whole(call: Call, name: string, otherwise: number, most: number, least = 1): number {
  const text = call.query.get(name)
  if (text === null) return otherwise
  const value = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= least && value <= most)) throw invalidField(name)
  return value
}

function questionOf({ path, query }: Call, { person }: Context): string {
  const asked = [...query].filter(([name]) => name !== 'next_page_token').map(([name, value]) => `${name}=${value}`)
  return [person.email, path, ...asked.toSorted()].join(' ')
}

function newToken(state: State, question: string, start: number): string {
  const value = randomBytes(26).toString('base64url')
  state.pageTokens.set(value, { question, start, expiresAt: state.world.clock.now() + TOKEN_MS })
  return value
}

function startOf(state: State, value: string, question: string): number {
  const token = state.pageTokens.get(value)
  if (token?.question === question && token.expiresAt > state.world.clock.now()) return token.start
  throw new Refusal(400, 300, 'The next page token is invalid or expired.')
}
