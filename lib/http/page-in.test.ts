import { expect, test } from 'vitest'
import { pageIn } from './page-in.ts'

const all = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }))
const idsOf = (query: Parameters<typeof pageIn>[1]) => {
  const { items, nextCursor } = pageIn(all, query)
  return [items.map(({ id }) => id).join(''), nextCursor]
}

test('a list that is read whole comes whole, or page by page to its end', () => {
  expect(idsOf({})).toEqual(['abcde', null])
  expect(idsOf({ limit: 2 })).toEqual(['ab', 'b'])
  expect(idsOf({ limit: 2, cursor: 'b' })).toEqual(['cd', 'd'])
  expect(idsOf({ limit: 2, cursor: 'd' })).toEqual(['e', null])
  expect(idsOf({ cursor: 'e' })).toEqual(['', null])
})

test('a cursor of another list is refused, not read as a beginning', () => {
  expect(() => pageIn(all, { cursor: 'x' })).toThrow('Start again without it')
})
