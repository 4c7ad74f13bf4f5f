import { expect, test } from 'vitest'
import { z } from 'zod'
import { withClockShifted } from '#lib/platform/clock.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Api, Ask } from '#lib/providers/define-api.ts'
import { askOnce } from './ask-once.ts'

const Named = z.object({ name: z.string() })
const Sized = z.object({ size: z.number() })

/** An API that answers as told, and what was asked of it. */
function toldApi(answer: (times: number) => unknown = () => ({ name: 'a', size: 3 })) {
  const made: string[] = []
  const whole = async <T>(path: string, ask: Ask<T>) => {
    made.push(`${ask.method ?? 'GET'} ${path}`)
    return { value: ask.schema.parse(answer(made.length)), headers: new Headers({ link: 'next' }) }
  }
  const call = async <T>(path: string, ask: Ask<T>) => (await whole(path, ask)).value
  const stream = () => Promise.reject(new Error('nothing streams'))
  const api: Api = Object.assign(call, { config: {}, base: 'http://127.0.0.1', web: 'http://127.0.0.1', whole, stream })
  return { api, made }
}

test('the same is asked once, at the same moment and later, and each reads in the answer what it came for', async () => {
  const { api, made } = toldApi()
  const once = askOnce(api, 'one')
  const [named, sized] = await Promise.all([once('/p/1', { schema: Named }), once('/p/1', { schema: Sized })])
  expect([named, sized]).toEqual([{ name: 'a' }, { size: 3 }])
  const { value, headers } = await once.whole('/p/1', { schema: Named })
  expect([value, headers.get('link')]).toEqual([{ name: 'a' }, 'next'])
  expect(made).toEqual(['GET /p/1'])
})

test('another query, header, address or method is another question', async () => {
  const { api, made } = toldApi()
  const once = askOnce(api, 'one')
  const asks: Omit<Ask<unknown>, 'schema'>[] = [
    {},
    { query: { page: 1 } },
    { query: { page: 2 } },
    { headers: { accept: 'text/plain' } },
    { asSecond: true },
    { elsewhere: true },
  ]
  for (const ask of [...asks, ...asks]) await once('/p', { ...ask, schema: Named })
  expect(made).toHaveLength(asks.length)
  for (const method of ['POST', 'POST', 'DELETE']) await once('/p', { method, schema: Named })
  expect(made).toHaveLength(asks.length + 3)
})

test('two pieces of work share nothing', async () => {
  const { api, made } = toldApi()
  for (const work of [askOnce(api, 'one'), askOnce(api, 'one')]) await work('/p/1', { schema: Named })
  expect(made).toHaveLength(2)
})

test('what is said to be kept for an hour is asked once by all work of a connection, and by one grant', async () => {
  const { api, made } = toldApi()
  const keptMs = ({ name }: { name: string }) => (name === 'a' ? 60 * 60_000 : 0)
  const ask = (whose: string) => askOnce(api, whose)('/lasting', { schema: Named, keptMs })
  await Promise.all([ask('lasts 1'), ask('lasts 1')])
  expect(await ask('lasts 1')).toEqual({ name: 'a' })
  expect(made).toHaveLength(1)
  await ask('lasts 2')
  expect(made).toHaveLength(2)
  await withClockShifted(61 * 60_000, () => ask('lasts 1'))
  expect(made).toHaveLength(3)
})

test('what does not stay, or was no answer, is asked by each work anew', async () => {
  const { api, made } = toldApi((times) => {
    if (times === 1) throw new ProviderFailure('unavailable')
    return { name: 'b' }
  })
  const ask = () =>
    askOnce(api, 'passing')('/passing', { schema: Named, keptMs: ({ name }) => (name === 'a' ? 1000 : 0) })
  await expect(ask()).rejects.toMatchObject({ failure: 'unavailable' })
  for (const _ of ['once', 'again']) expect(await ask()).toEqual({ name: 'b' })
  expect(made).toHaveLength(3)
})

test('an answer of another shape is told to who cannot read it alone', async () => {
  const { api, made } = toldApi(() => ({ name: 'a' }))
  const once = askOnce(api, 'one')
  await expect(once('/p/1', { schema: Sized })).rejects.toMatchObject({
    failure: 'unavailable',
    detail: 'unexpected answer at size',
  })
  expect(await once('/p/1', { schema: Named })).toEqual({ name: 'a' })
  expect(made).toHaveLength(1)
})

test.each([
  ['not_found', 1],
  ['forbidden', 1],
  ['unavailable', 2],
  ['rate_limited', 2],
] as const)('a refusal (%s) is remembered only where another try tells nothing new', async (failure, times) => {
  const { api, made } = toldApi(() => {
    throw new ProviderFailure(failure)
  })
  const once = askOnce(api, 'one')
  for (let tries = 0; tries < 2; tries++)
    await expect(once('/p/1', { schema: Named })).rejects.toMatchObject({ failure })
  expect(made).toHaveLength(times)
})
