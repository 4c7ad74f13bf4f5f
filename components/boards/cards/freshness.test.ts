import { expect, test } from 'vitest'
import { freshness } from './freshness.ts'

const minute = 60_000
test.each([
  [0, 'live', false],
  [minute, 'live', false],
  [minute + 1, '1 min old', false],
  [12 * minute, '12 min old', false],
  [60 * minute, '1 h old', true],
  [30 * 60 * minute, '1 day old', true],
  [72 * 60 * minute, '3 days old', true],
  [-5000, 'live', false],
])('content of %i ms ago is %s', (age, text, isOld) => {
  expect(freshness(1_000_000_000_000, 1_000_000_000_000 + age)).toEqual({ text, isOld })
})
