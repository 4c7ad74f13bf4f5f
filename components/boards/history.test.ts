import { expect, test } from 'vitest'
import { type Change, changed, forgotten, type History, noHistory, redone, undone } from './history.ts'

const change = (what: string): Change => ({ what, undo: async () => null, redo: async () => null })
const names = ({ past, future }: History) => [
  past.map(({ what }) => what).join(''),
  future.map(({ what }) => what).join(''),
]
const after = (...whats: string[]) => whats.map(change).reduce(changed, noHistory)

test('changes are taken back from the last, and made again in their order', () => {
  const two = undone(undone(after('a', 'b', 'c')))
  expect(names(two)).toEqual(['a', 'bc'])
  expect(names(redone(two))).toEqual(['ab', 'c'])
})

test('a new change ends what could be made again', () => {
  expect(names(changed(undone(after('a', 'b')), change('c')))).toEqual(['ac', ''])
})

test('fifty changes are kept', () => {
  const many = Array.from({ length: 60 }, (_, n) => change(String(n))).reduce(changed, noHistory)
  expect(many.past).toHaveLength(50)
  expect(many.past[0]?.what).toBe('10')
})

test('with nothing to take back or make again nothing happens', () => {
  expect(undone(noHistory)).toEqual(noHistory)
  expect(redone(noHistory)).toEqual(noHistory)
})

test('a change that no longer can be is forgotten', () => {
  const all = after('a', 'b')
  const [first] = all.past
  expect(names(first ? forgotten(all, first) : all)).toEqual(['b', ''])
})
