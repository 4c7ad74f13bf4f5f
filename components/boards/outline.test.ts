import { expect, test } from 'vitest'
import type { ObjectView } from '#lib/boards/schema.ts'
import {
  movesTo,
  neighbourOf,
  outlineOf,
  placeBehind,
  relocate,
  reworded,
  sayStanding,
  sectionBehind,
  standingOf,
  withObject,
} from './outline.ts'

const base = {
  version: 1,
  addedBy: { id: 'u', name: 'Dana' },
  updatedBy: { id: 'u', name: 'Dana' },
  updatedAt: '2026-11-18T14:02:00Z',
}
const note = (id: string, position: number, section: string | null = null): ObjectView => ({
  ...base,
  id,
  type: 'note',
  text: id,
  position,
  section,
})
const section = (id: string, position: number): ObjectView => ({
  ...base,
  id,
  type: 'section',
  text: `S ${id}`,
  position,
  section: null,
})
const connector = (id: string, from: string, to: string, position = 0): ObjectView => ({
  ...base,
  id,
  type: 'connector',
  text: null,
  from,
  to,
  position,
  section: null,
})
const board = [
  note('a', 0),
  section('s', 1),
  note('x', 0, 's'),
  note('y', 1, 's'),
  note('b', 2),
  connector('c', 'a', 'x'),
]
const ids = (objects: readonly ObjectView[]) => objects.map(({ id }) => id).join(' ')

test('sections are drawn with what they hold, in order, and connectors apart', () => {
  const { top, connectors } = outlineOf(board)
  expect(top.map(({ object, contents }) => [object.id, ids(contents)])).toEqual([
    ['a', ''],
    ['s', 'x y'],
    ['b', ''],
  ])
  expect(ids(connectors)).toBe('c')
})

test('an object moves among its neighbours and into another section, and everybody is numbered anew', () => {
  expect(ids(relocate(board, 'x', { section: 's', index: 1 }))).toBe('a s y x b c')
  const moved = relocate(board, 'b', { section: 's', index: 0 })
  expect(ids(moved)).toBe('a s b x y c')
  expect(standingOf(moved, 'y')).toEqual({ section: 's', index: 2, count: 3 })
  expect(standingOf(moved, 's')).toEqual({ section: null, index: 1, count: 2 })
})

test('moving what is not there changes nothing', () => {
  expect(relocate(board, 'z', { section: null, index: 0 })).toEqual(board)
  expect(standingOf(board, 'z')).toBeNull()
})

test('a new object stands where it says, and its words change at once', () => {
  const added = withObject(board, note('n', 1, 's'))
  expect(ids(added)).toBe('a s x n y b c')
  expect(standingOf(added, 'y')).toEqual({ section: 's', index: 2, count: 3 })
  expect(ids(withObject(added, note('n', 0)))).toBe('n a s x y b c')
  expect(reworded(board, 'x', { text: 'X' }).find(({ id }) => id === 'x')).toMatchObject({ text: 'X' })
  expect(reworded(board, 'c', { text: '' }).find(({ id }) => id === 'c')).toMatchObject({ text: '' })
})

test('after a removal the next object has the focus, after the last the one before', () => {
  expect(neighbourOf(board, 'y')).toBe('b')
  expect(neighbourOf(board, 'c')).toBe('b')
  expect(neighbourOf([note('a', 0)], 'a')).toBeNull()
  expect(neighbourOf([note('a', 0), note('b', 1), connector('c', 'a', 'b')], 'b')).toBe('a')
})

test('what is said after a move names the section, or the place where there is none', () => {
  expect(sayStanding(board, 'x')).toBe('In section S s.')
  expect(sayStanding(board, 'b')).toBe('In no section, 3 of 3.')
})

test('a place is sent as behind whom, the first place as behind the first and one up', () => {
  expect(movesTo(board, 'b', { section: 's', index: 1 })).toEqual([{ section: 's', after: 'x' }])
  expect(movesTo(board, 'x', { section: 's', index: 1 })).toEqual([{ section: 's', after: 'y' }])
  expect(movesTo(board, 'b', { section: null, index: 0 })).toEqual([{ section: null, after: 'a' }, { move: 'up' }])
  expect(movesTo([section('s', 0), note('a', 1)], 'a', { section: 's', index: 0 })).toEqual([{ section: 's' }])
})

test('new things go behind what had the focus, into a section that had it, else to the end', () => {
  expect(placeBehind(board, 'x')).toEqual({ section: 's', after: 'x' })
  expect(placeBehind(board, 's')).toEqual({ section: 's' })
  expect(placeBehind(board, 'c')).toEqual({ section: null })
  expect(placeBehind(board, null)).toEqual({ section: null })
  expect(sectionBehind(board, 'x')).toEqual({ section: null, after: 's' })
  expect(sectionBehind(board, 'a')).toEqual({ section: null, after: 'a' })
})
