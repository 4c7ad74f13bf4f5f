// quality 30, over every provider: an answer that asks us to wait, in each form it comes in, is obeyed, and not for ever.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { now, withClockShifted } from '#lib/platform/clock.ts'
import { createApi, type ProviderFailure } from '#lib/providers/api.ts'
import type { Provider } from '#lib/providers/define.ts'
import { providers } from '#lib/providers/registry.ts'
import { inTurn } from '#lib/resources/take-turn.ts'
import { type Reply, serve } from '#tests/support/loopback.ts'

const HOUR_MS = 3_600_000
const inSeconds = (seconds: number) => new Date(now().getTime() + seconds * 1000)
const asks = (value: string, more: Partial<Reply> = {}): Reply => ({
  status: 429,
  headers: { 'retry-after': value },
  body: {},
  ...more,
})

type Form = { reply: Reply; seconds: number }
const SECONDS = 80

/** How each provider says it besides: not every one answers 429 to everything. Made when it is needed, as dates are. */
const own: Record<string, Record<string, () => Form>> = {
  github: {
    'a 403 of the secondary limit': () => ({
      reply: asks(String(SECONDS), { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } }),
      seconds: SECONDS,
    }),
    'a 403 of the secondary limit that does not say for how long': () => ({
      reply: { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } },
      seconds: 60,
    }),
    'a 403 whose budget is used up': () => ({
      reply: {
        status: 403,
        headers: {
          'x-ratelimit-limit': '5000',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(Math.ceil(inSeconds(SECONDS).getTime() / 1000)),
        },
        body: { message: 'API rate limit exceeded for user ID 1.' },
      },
      seconds: SECONDS,
    }),
  },
  zoom: {
    'a day’s limit, with a time': () => ({ reply: asks(inSeconds(SECONDS).toISOString()), seconds: SECONDS }),
  },
  slack: {
    'a 200 with an error in it': () => ({
      reply: asks(String(SECONDS), { status: 200, body: { ok: false, error: 'ratelimited' } }),
      seconds: SECONDS,
    }),
  },
}

const forms: Record<string, () => Form> = {
  'a 429 in seconds': () => ({ reply: asks(String(SECONDS)), seconds: SECONDS }),
  'a 429 with a date': () => ({ reply: asks(inSeconds(SECONDS).toUTCString()), seconds: SECONDS }),
}

/** A server that asks to wait at first, and an API of this provider to it as everything of the product has it. */
async function busy(provider: Provider, reply: Reply) {
  const until = { isOver: false }
  const { url, received } = await serve(() => (until.isOver ? { body: { ok: true } } : reply))
  const grant = { token: 'notARealToken' }
  const of = { credentialId: url, version: 1 }
  const api = inTurn(createApi({ provider, grant, base: url }), { id: url, of, provider })
  const ask = (query: number) =>
    api('/things', { schema: z.unknown(), query: { query } }).then(
      () => null,
      (failure: ProviderFailure) => failure,
    )
  const end = () => {
    until.isOver = true
  }
  return { received, ask, end }
}

async function longest(provider: Provider, value: string): Promise<number> {
  const { ask } = await busy(provider, asks(value))
  const failure = await ask(1)
  expect(failure).toMatchObject({ failure: 'rate_limited' })
  return (failure?.retryAt?.getTime() ?? Infinity) - now().getTime()
}

describe.each(providers.map((provider) => [provider.id, provider] as const))('30: %s', (id, provider) => {
  test.each(Object.entries({ ...forms, ...own[id] }))(
    '%s is waited for, without a burst, and then it is asked again',
    async (_, make) => {
      const { reply, seconds } = make()
      const { received, ask, end } = await busy(provider, reply)
      const refused = await Promise.all(Array.from({ length: 20 }, (_, at) => ask(at)))
      expect(received.length, 'of twenty at once only those under way').toBeLessThanOrEqual(4)
      for (const failure of refused) expect(failure).toMatchObject({ failure: 'rate_limited' })
      const [first] = refused
      const left = (first?.retryAt?.getTime() ?? 0) - now().getTime()
      expect(left).toBeGreaterThan(seconds * 1000 - 10_000)
      expect(left).toBeLessThanOrEqual(seconds * 1000 + 1000)
      const before = received.length
      expect(await withClockShifted(40_000, () => ask(100))).toMatchObject({ failure: 'rate_limited' })
      expect(received.length, 'nobody is asked while it lasts').toBe(before)
      end()
      expect(await withClockShifted(82_000, () => ask(101))).toBeNull()
      expect(received.length).toBe(before + 1)
    },
  )

  test.each(['99999999', new Date(Date.now() + 100 * HOUR_MS).toUTCString()])(
    'a wait of %s is no more than an hour',
    async (value) => {
      expect(await longest(provider, value)).toBeLessThanOrEqual(HOUR_MS + 1000)
    },
  )

  test('a wait until another age is no more than a day and an hour', async () => {
    expect(await longest(provider, '9999-01-01T00:00:00Z')).toBeLessThanOrEqual(25 * HOUR_MS + 1000)
  })

  test('a 429 that does not say for how long is a wait too', async () => {
    const { received, ask, end } = await busy(provider, { status: 429, body: {} })
    expect(await ask(1)).toMatchObject({ failure: 'rate_limited' })
    const asked = received.length // twice where its limits are over in a second, which is waited out once
    expect(asked).toBeLessThanOrEqual(2)
    end()
    expect(await ask(2)).toMatchObject({ failure: 'rate_limited' })
    expect(received).toHaveLength(asked)
    expect(await withClockShifted(HOUR_MS, () => ask(3))).toBeNull()
  })
})
