import { expect, test } from 'vitest'
import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define.ts'
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

test('a call that waits is not made once its signal has ended, and says why', async () => {
  const made: string[] = []
  const call = async (path: string) => {
    made.push(path)
    return null as never
  }
  const api: Api = Object.assign(call, { whole: call })
  const stop = new AbortController()
  const turns = inTurn(api, 'signal', stop.signal)
  await turns('/before', { schema: z.null() })
  stop.abort(new ProviderFailure('rate_limited'))
  await expect(turns('/after', { schema: z.null() })).rejects.toMatchObject({ failure: 'rate_limited' })
  await expect(turns.whole('/after', { schema: z.null() })).rejects.toMatchObject({ failure: 'rate_limited' })
  const late = inTurn(api, 'signal', AbortSignal.abort())
  await expect(late('/late', { schema: z.null() })).rejects.toMatchObject({
    failure: 'unavailable',
    detail: 'too_late',
  })
  expect(made).toEqual(['/before'])
})
