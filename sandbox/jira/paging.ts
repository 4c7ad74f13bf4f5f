import type { Call } from '#sandbox/http.ts'
import { failure } from './refusal.ts'

/** A whole number of the query; the default when it is not there. */
export function numberIn(call: Call, name: string, otherwise: number): number {
  const text = call.query.get(name)
  if (text === null || text === '') return otherwise
  if (!/^-?\d{1,9}$/.test(text)) throw failure(404, `The ${name} parameter has to be a whole number.`)
  return Number(text)
}

/** Where a page begins and how long it is: as many as asked for, up to a largest. */
export function bounds(call: Call, { usual, largest }: { usual: number; largest: number }) {
  const startAt = Math.max(0, numberIn(call, 'startAt', 0))
  const asked = numberIn(call, 'maxResults', usual)
  return { startAt, maxResults: asked <= 0 ? usual : Math.min(asked, largest) }
}

/** One page of a list that is counted from its beginning. */
export function pageOf<Item>(items: readonly Item[], { startAt, maxResults }: { startAt: number; maxResults: number }) {
  return {
    maxResults,
    startAt,
    total: items.length,
    isLast: startAt + maxResults >= items.length,
    values: items.slice(startAt, startAt + maxResults),
  }
}

/** The values of a parameter that may be sent several times, each with commas in it. */
export const listIn = (call: Call, name: string): string[] =>
  call.query
    .getAll(name)
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter(Boolean)
