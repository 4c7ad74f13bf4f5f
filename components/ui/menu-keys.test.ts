import { expect, test } from 'vitest'
import { nextItem } from './menu-keys.ts'

const labels = ['Overview', 'Metrics', 'Config', 'Copy link']
const next = (at: number, key: string) => nextItem(labels, at, key, false)

test('the arrows go round', () => {
  expect([next(0, 'ArrowDown'), next(3, 'ArrowDown'), next(0, 'ArrowUp'), next(2, 'ArrowUp')]).toEqual([1, 0, 3, 1])
})

test('Home and End go to the ends', () => {
  expect([next(2, 'Home'), next(0, 'End')]).toEqual([0, 3])
})

test('a letter goes to the next item that starts with it, and round', () => {
  expect([next(0, 'c'), next(2, 'C'), next(3, 'c')]).toEqual([2, 3, 2])
})

test('other keys are left alone', () => {
  expect([next(0, 'z'), next(0, 'Enter'), next(0, ' '), next(0, 'Escape')]).toEqual([null, null, null, null])
})

test('while one types in the search field only the vertical arrows leave it', () => {
  expect(nextItem(labels, -1, 'ArrowDown', true)).toBe(0)
  expect(nextItem(labels, -1, 'ArrowUp', true)).toBe(3)
  expect([nextItem(labels, -1, 'c', true), nextItem(labels, -1, 'Home', true)]).toEqual([null, null])
})

test('a menu without items moves nowhere', () => {
  expect(nextItem([], -1, 'ArrowDown', false)).toBeNull()
})
