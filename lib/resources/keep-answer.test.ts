import { expect, onTestFinished, test } from 'vitest'
import { shiftClock } from '#lib/platform/clock.ts'
import { keepAnswer } from './keep-answer.ts'

const MINUTE = 60_000

/** Asks for an answer that is to be kept; whether it had to be asked for. */
async function isAsked(key: string, { letters = 2, forMs = MINUTE }: { letters?: number; forMs?: number } = {}) {
  let asked = false
  const ask = async () => {
    asked = true
    return { value: 'x'.repeat(letters - 2), headers: new Headers() } // and its quotes
  }
  await keepAnswer(key, ask, () => forMs)
  return asked
}

const MILLION = 1_000_000

test('what is kept has a bound in letters: what was kept longest ago goes first', async () => {
  onTestFinished(shiftClock(10 * MINUTE))
  for (const key of ['a', 'b', 'c', 'd', 'e']) expect(await isAsked(key, { letters: 5 * MILLION })).toBe(true)
  expect(await isAsked('a')).toBe(false)
  expect(await isAsked('f', { letters: 5 * MILLION })).toBe(true)
  expect([await isAsked('b'), await isAsked('f')]).toEqual([false, false])
  expect(await isAsked('a', { letters: 5 * MILLION })).toBe(true)
})

test('an answer that is beyond the bound by itself is not kept, and costs no other its place', async () => {
  onTestFinished(shiftClock(20 * MINUTE))
  await isAsked('small')
  for (const _ of [1, 2]) expect(await isAsked('huge', { letters: 26 * MILLION })).toBe(true)
  expect(await isAsked('small')).toBe(false)
})

test('what has ended makes room before anything that has not', async () => {
  onTestFinished(shiftClock(30 * MINUTE))
  await isAsked('lasting', { letters: 5 * MILLION, forMs: 60 * MINUTE })
  for (const key of ['g', 'h', 'i', 'j']) await isAsked(key, { letters: 5 * MILLION })
  onTestFinished(shiftClock(2 * MINUTE))
  expect(await isAsked('k', { letters: 5 * MILLION })).toBe(true)
  expect(await isAsked('lasting')).toBe(false)
})

test('what was kept anew counts once', async () => {
  onTestFinished(shiftClock(120 * MINUTE))
  await isAsked('first', { forMs: 60 * MINUTE })
  for (const _ of [1, 2, 3, 4, 5, 6]) {
    await isAsked('again', { letters: 5 * MILLION })
    onTestFinished(shiftClock(2 * MINUTE))
  }
  expect(await isAsked('first')).toBe(false)
})
