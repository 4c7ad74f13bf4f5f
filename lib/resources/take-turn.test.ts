import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { withClockShifted } from '#lib/platform/clock.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { inTurn, takeTurn } from './take-turn.ts'

const settle = () => new Promise((resolve) => setImmediate(resolve))

test('at most four calls of a connection are under way, in the order they came', async () => {
  const ends: (() => void)[] = []
  const begun: number[] = []
  let most = 0
  let running = 0
  const all = Array.from({ length: 10 }, (_, index) =>
    takeTurn('one', async () => {
      begun.push(index)
      most = Math.max(most, ++running)
      await new Promise<void>((resolve) => ends.push(resolve))
      running -= 1
    }),
  )
  await settle()
  expect(begun).toEqual([0, 1, 2, 3])
  while (ends.length > 0) {
    ends.shift()?.()
    await settle()
  }
  await Promise.all(all)
  expect(most).toBe(4)
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('a failing call gives its turn on, and another connection never waits', async () => {
  const stuck = Array.from({ length: 4 }, () => takeTurn('slow', () => new Promise<void>(() => undefined)))
  expect(stuck).toHaveLength(4)
  await expect(takeTurn('other', async () => 'at once')).resolves.toBe('at once')
  const failing = Array.from({ length: 9 }, () => takeTurn('failing', () => Promise.reject(new Error('no'))))
  expect((await Promise.allSettled(failing)).every(({ status }) => status === 'rejected')).toBe(true)
})

const schema = z.null()
const asking = (id: string) => ({
  id,
  of: { credentialId: id, version: 1 },
  provider: { budget: (path: string) => (path.startsWith('/search/') ? 'search' : 'core') },
})

/** An API that fails as told, and the paths that were asked of it. */
function failingApi(fail: (path: string) => ProviderFailure | null) {
  const made: string[] = []
  const call = async (path: string) => {
    made.push(path)
    const failure = fail(path)
    if (failure) throw failure
    return null as never
  }
  const whole = async (path: string) => ({ value: await call(path), headers: new Headers() })
  const api: Api = Object.assign(call, {
    config: {},
    base: 'http://127.0.0.1',
    web: 'http://127.0.0.1',
    whole,
    stream: call,
  })
  return { api, made }
}

test('a part of an API that asked us to wait is left alone until then; its other parts are not', async () => {
  const retryAt = new Date(Date.now() + 60_000)
  const { api, made } = failingApi((path) =>
    path.startsWith('/search/code') ? new ProviderFailure('rate_limited', { retryAt }) : null,
  )
  const search = () => inTurn(api, asking('waits'))('/search/code?q=x', { schema })
  await expect(search()).rejects.toMatchObject({ failure: 'rate_limited' })
  await expect(search()).rejects.toMatchObject({ failure: 'rate_limited', retryAt })
  await inTurn(api, asking('waits'))('/repos/acme/api', { schema })
  await inTurn(api, asking('another'))('/repos/acme/api', { schema })
  expect(made).toEqual(['/search/code?q=x', '/repos/acme/api', '/repos/acme/api'])
  await withClockShifted(61_000, () => search().catch(() => undefined))
  expect(made).toHaveLength(4)
})

test('what an account has to wait for holds for everything it asks from the same budget', async () => {
  const { api, made } = failingApi(() => new ProviderFailure('rate_limited'))
  const turns = inTurn(api, asking('one account'))
  for (const path of ['/repos/acme/api', '/repos/globex/telemetry', '/user/repos'])
    await expect(turns(path, { schema })).rejects.toMatchObject({ failure: 'rate_limited' })
  expect(made).toEqual(['/repos/acme/api'])
})

test('a wait without an end is a minute', async () => {
  const { api, made } = failingApi(() => new ProviderFailure('rate_limited'))
  const ask = () => inTurn(api, asking('endless'))('/a/b', { schema }).catch(() => undefined)
  await ask()
  await withClockShifted(59_000, ask)
  expect(made).toHaveLength(1)
  await withClockShifted(61_000, ask)
  expect(made).toHaveLength(2)
})

test('once a credential was refused the calls behind it are not made', async () => {
  const { api, made } = failingApi(() => new ProviderFailure('expired'))
  const turns = inTurn(api, asking('refused'))
  const asked = Array.from({ length: 20 }, (_, n) => turns.whole(`/repos/${n}`, { schema }))
  expect((await Promise.allSettled(asked)).every(({ status }) => status === 'rejected')).toBe(true)
  expect(made).toHaveLength(4)
})

test('a call that waits is not made once its time is over', async () => {
  const { api, made } = failingApi(() => null)
  await inTurn(api, asking('signal'), new AbortController().signal)('/before', { schema })
  const late = inTurn(api, asking('signal'), AbortSignal.abort())
  await expect(late('/late', { schema: z.null() })).rejects.toMatchObject({
    failure: 'unavailable',
    detail: 'too_late',
  })
  expect(made).toEqual(['/before'])
})

test('where a provider has a pace a connection’s calls begin so far apart, whoever makes them, and no other waits for it', async () => {
  vi.useFakeTimers()
  try {
    const { api, made } = failingApi(() => null)
    const paced = (id: string) => ({ ...asking(id), provider: { pace: 1000 } })
    const [one, another] = [inTurn(api, paced('paced')), inTurn(api, paced('paced'))]
    const all = ['/1', '/2', '/3'].map((path, n) => (n === 1 ? another : one)(path, { schema }))
    const beside = inTurn(api, paced('beside'))('/beside', { schema })
    await vi.advanceTimersByTimeAsync(999)
    expect(made).toEqual(['/1', '/beside'])
    await vi.advanceTimersByTimeAsync(1)
    expect(made).toEqual(['/1', '/beside', '/2'])
    await vi.advanceTimersByTimeAsync(1000)
    await Promise.all([...all, beside])
    expect(made).toHaveLength(4)
    await vi.advanceTimersByTimeAsync(5000)
    await one('/4', { schema })
    expect(made).toHaveLength(5)
  } finally {
    vi.useRealTimers()
  }
})

test('a call that waited for the pace is not made once its time is over, and nobody waits for it', async () => {
  vi.useFakeTimers()
  try {
    const { api, made } = failingApi(() => null)
    const until = new AbortController()
    const turns = inTurn(api, { ...asking('paced and late'), provider: { pace: 1000 } }, until.signal)
    const [, late] = [turns('/1', { schema }), turns('/2', { schema })]
    const next = inTurn(api, { ...asking('paced and late'), provider: { pace: 1000 } })('/3', { schema })
    const told = late?.catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(1)
    until.abort()
    await vi.advanceTimersByTimeAsync(1000)
    expect(await told).toMatchObject({ failure: 'unavailable', detail: 'too_late' })
    await next
    expect(made).toEqual(['/1', '/3'])
  } finally {
    vi.useRealTimers()
  }
})
