import { createHash } from 'node:crypto'
import type { Call } from '#sandbox/http.ts'
import { badParameter } from './access.ts'
import type { State } from './state.ts'

const HOURS = 12 * 3_600_000
const MARK = '~!!~'

const mark = (about: string): string => createHash('sha256').update(about).digest('hex').slice(0, 16)

/** `pageSize` as a number. */
export function pageSizeOf(call: Call, most: number, otherwise = 100): number {
  const text = call.query.get('pageSize')
  if (text === null) return otherwise
  if (!/^-?\d{1,9}$/.test(text))
    throw badParameter('pageSize', `Invalid value at 'page_size' (TYPE_INT32), "${text}"`, 'invalid')
  const size = Number(text)
  if (size >= 1 && size <= most) return size
  const message = `Invalid value '${text}'. Values must be within the range: [1, ${most}]`
  throw badParameter('pageSize', message, 'invalidParameter')
}

/** One page of a list. A token belongs to the list it was given for, and works for some hours. */
export function pageOf<Item>(
  call: Call,
  state: State,
  items: readonly Item[],
  { size, about }: { size: number; about: string },
): { shown: Item[]; next: string | null } {
  const now = state.world.clock.now()
  const sent = call.query.get('pageToken')
  const start = sent === null || sent === '' ? 0 : readToken(sent, about, now)
  const shown = items.slice(start, start + size)
  if (start + size >= items.length) return { shown, next: null }
  const token = Buffer.from(`${start + size},${now + HOURS},${mark(about)}`).toString('base64url')
  return { shown, next: `${MARK}${token}` }
}

function readToken(sent: string, about: string, now: number): number {
  if (!sent.startsWith(MARK)) throw badParameter('pageToken')
  const [, start, end, of] =
    /^(\d+),(\d+),(\w+)$/.exec(Buffer.from(sent.slice(MARK.length), 'base64url').toString('utf8')) ?? []
  if (start === undefined || Number(end) <= now || of !== mark(about)) throw badParameter('pageToken')
  return Number(start)
}
