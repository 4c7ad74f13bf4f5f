import { expect, test } from 'vitest'
import { choose, chooseAll, nothingSelected } from './selection.ts'

const shown = ['a', 'b', 'c', 'd', 'e']
const ids = ({ ids: all }: { ids: ReadonlySet<string> }) => [...all].sort().join('')

test('a row is chosen and let go again', () => {
  const one = choose(nothingSelected, shown, 'b', false)
  expect(ids(one)).toBe('b')
  expect(ids(choose(one, shown, 'b', false))).toBe('')
})

test('a range goes from the row chosen before, up or down, and takes along what was chosen besides', () => {
  const one = choose(choose(nothingSelected, shown, 'e', false), shown, 'b', false)
  expect(ids(choose(one, shown, 'd', true))).toBe('bcde')
  expect(ids(choose(one, shown, 'a', true))).toBe('abe')
})

test('a range from a row that is not shown any more is the row alone', () => {
  const one = choose(nothingSelected, shown, 'b', false)
  expect(ids(choose(one, ['c', 'd'], 'd', true))).toBe('bd')
  expect(ids(choose(nothingSelected, shown, 'c', true))).toBe('c')
})

test('a range that ends at a chosen row lets all of it go', () => {
  const all = chooseAll(nothingSelected, shown)
  const one = choose(all, shown, 'b', false)
  expect(ids(choose(one, shown, 'd', true))).toBe('ae')
})

test('all that is shown is chosen at once, and let go at once; what is not shown stays', () => {
  const hidden = choose(nothingSelected, shown, 'a', false)
  const all = chooseAll(hidden, ['b', 'c'])
  expect(ids(all)).toBe('abc')
  expect(ids(chooseAll(all, ['b', 'c']))).toBe('a')
})
