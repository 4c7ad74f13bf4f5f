// A log is told from its old end, a hundred entries at a time: what is read of a short one, a long one and an endless one.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { logrocketApi, logrocketReader } from '#tests/support/logrocket-api.ts'
import type { Received, Reply } from '#tests/support/loopback.ts'

const sessions = logrocketReader('session')
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const NOW = Date.parse('2026-11-22T12:30:00Z')
const RECORDING = '6-0193b1f2-1111-7222-8333-444455556666'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }))
afterEach(() => void vi.useRealTimers())

/** As many views as are asked for, each of another session, evenly from `from` until now; the last is a minute old. */
const evenly = (count: number, from = 30 * DAY): number[] =>
  Array.from({ length: count }, (_, n) => Math.round(NOW - from + ((n + 1) * (from - MINUTE)) / count))

const idOf = (number: number) => `lathe~shop~${RECORDING}~${number}`

/** A log of views at these times, the nth of the session n. */
function logOf(times: readonly number[]): (request: Received) => Reply {
  return ({ query }) => {
    const first = times.findIndex((at) => at >= Number(query.get('cursor')))
    const begin = first === -1 ? times.length : first
    const end = begin + Number(query.get('limit'))
    const logs = times.slice(begin, end).map((at, n) => ({
      created_date: new Date(at).toISOString(),
      user: 'jo@lathe.example',
      action: 'Viewed session',
      description: `${RECORDING}/${begin + n}`,
    }))
    return { body: { has_next: end < times.length, cursor: times[end] ?? NOW, logs } }
  }
}

test.each([1, 230, 360, 720, 1441, 1500])(
  'of %d entries in thirty days all are read, in as few calls as there are pages, and the numbers are said',
  async (count) => {
    const { api, received } = await logrocketApi(logOf(evenly(count)))
    const { items, message } = await sessions.list(api, {})
    expect(items).toHaveLength(count)
    expect(received).toHaveLength(Math.ceil(count / 100))
    expect(message).toBeUndefined()
    expect(items[0]?.body).toMatchObject({ views: 1, viewers: ['Jo'] })
    expect((await sessions.read(api, idOf(count))).body?.note).toMatch(/^Nobody viewed it in the last 30 days\./)
  },
)

test.each([
  ['7,209', evenly(7209)],
  ['a minute', evenly(30 * 24 * 60)],
  ['600 an hour', evenly(30 * 24 * 600)],
  ['a few, and 5,000 today', [...evenly(200).filter((at) => at < NOW - DAY), ...evenly(5000, DAY)]],
])('of a log too long to be read whole (%s) the latest are read, in a bounded number of calls', async (_, times) => {
  const { api, received } = await logrocketApi(logOf(times))
  const { items, message } = await sessions.list(api, {})
  expect(received.length).toBeLessThanOrEqual(16)
  expect(items[0]).toMatchObject({ id: idOf(times.length - 1) })
  expect(message).toMatch(/too long to be read whole: sessions that were viewed may be missing/)
})

test('of such a log nothing is said that only a whole one tells: no number, no “nobody”, no “last”', async () => {
  const times = evenly(7209)
  const { api } = await logrocketApi(logOf(times))
  const { items } = await sessions.list(api, {})
  const read = new Set(items.map(({ id }) => id))
  const gap = times.findIndex((_, n) => !read.has(idOf(n)))
  expect(gap).toBeGreaterThan(900)

  const unread = await sessions.read(api, idOf(gap))
  expect(unread.body?.note).toMatch(/^It is not among the views that were read:/)
  const seen = await sessions.read(api, items[0]?.id ?? '')
  expect(seen.body).toMatchObject({
    viewedBy: 'Jo',
    note: expect.stringMatching(/others may have viewed it, and later/),
  })
  for (const { body } of [unread, seen, ...items]) {
    expect(body).not.toHaveProperty('views')
    expect(body).not.toHaveProperty('viewers')
    expect(JSON.stringify(body)).not.toMatch(/nobody/i)
  }
})
