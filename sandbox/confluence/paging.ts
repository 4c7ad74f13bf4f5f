import { siteUrl } from '#sandbox/atlassian/state.ts'
import { type Answer, type Call, json } from '#sandbox/http.ts'
import { invalidParameter } from './refusal.ts'
import type { WikiContext } from './state.ts'

const USUAL = 25
const LARGEST = 250

/** The site's own address of its wiki, which answers name as their base. */
export const baseOf = ({ state, caller }: WikiContext): string => `${siteUrl(state.world, caller.site)}/wiki`

/** How many a page is asked to have: from 1 to 250. */
function limitIn(call: Call): number {
  const text = call.query.get('limit')
  if (text === null) return USUAL
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (limit >= 1 && limit <= LARGEST) return limit
  throw invalidParameter(`Provided value {${text}} for 'limit' is not valid. It has to be between 1 and ${LARGEST}.`)
}

/** A cursor that stands somewhere in a list. */
export const cursorAt = (offset: number): string => Buffer.from(JSON.stringify({ offset })).toString('base64url')

/** Where a cursor stands; null when it is none of ours. */
export function offsetOf(cursor: string): number | null {
  const [, offset] = /^\{"offset":(\d{1,9})\}$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? []
  return offset === undefined ? null : Number(offset)
}

/** One page of a list. The address of the next is relative, and in the Link header too; the last has none. */
export function listed<Item>(
  call: Call,
  context: WikiContext,
  items: readonly Item[],
  show: (item: Item) => object,
): Answer {
  const limit = limitIn(call)
  const cursor = call.query.get('cursor')
  const offset = cursor === null ? 0 : offsetOf(cursor)
  if (offset === null) throw invalidParameter(`Provided value {${cursor}} for 'cursor' is not valid.`)
  const shown = items.slice(offset, offset + limit)
  const query = new URLSearchParams(call.query)
  query.set('cursor', cursorAt(offset + limit))
  const path = call.rest.slice(call.rest.indexOf('/wiki/'))
  const next = offset + limit < items.length ? `${path}?${query}` : null
  const base = baseOf(context)
  context.spend(shown.length)
  const links = [...(next === null ? [] : [`<${next}>; rel="next"`]), `<${base}>; rel="base"`]
  return json(
    200,
    { results: shown.map(show), _links: { ...(next !== null && { next }), base } },
    { link: links.join(', ') },
  )
}

/** The values of a parameter that may be sent several times, each with commas in it. */
export const listIn = (call: Call, name: string): string[] =>
  call.query
    .getAll(name)
    .flatMap((text) => text.split(','))
    .filter(Boolean)

/** Ids, which are whole numbers. */
export function idsIn(call: Call, name: string): string[] {
  const ids = listIn(call, name)
  const wrong = ids.find((id) => !/^\d+$/.test(id))
  if (wrong === undefined) return ids
  throw invalidParameter(`Provided value {${wrong}} for '${name}' is not the correct type. Expected type is long`)
}

/** A value that has to be one of some, or is not there. */
export function oneOf<Known extends string>(call: Call, name: string, known: readonly Known[]): Known | null {
  const text = call.query.get(name)
  if (text === null) return null
  const found = known.find((one) => one === text)
  if (found !== undefined) return found
  throw invalidParameter(
    `Provided value {${text}} for '${name}' is not the correct type. Expected one of ${known.join(', ')}`,
  )
}
