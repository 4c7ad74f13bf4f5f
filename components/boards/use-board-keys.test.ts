import { expect, test } from 'vitest'
import { keyOf } from './use-board-keys.ts'

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
})

test('@ asks for a reference on every keyboard, also where it is typed with AltGr', () => {
  expect(keyOf(press('@', { shiftKey: true }), false)).toBe('find')
  expect(keyOf(press('@', { ctrlKey: true, altKey: true }), false)).toBe('find')
})

test('while one types only the chord for the palette acts', () => {
  for (const key of ['@', 'r', '?']) expect(keyOf(press(key), true)).toBeNull()
  expect(keyOf(press('z', { ctrlKey: true }), true)).toBeNull()
  expect(keyOf(press('k', { metaKey: true }), true)).toBe('find')
})

test('undo and redo have the chords of both worlds', () => {
  expect(keyOf(press('z', { metaKey: true }), false)).toBe('undo')
  expect(keyOf(press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe('redo')
  expect(keyOf(press('y', { ctrlKey: true }), false)).toBe('redo')
})

test('reloading the page is the browser’s', () => {
  expect(keyOf(press('r', { ctrlKey: true }), false)).toBeNull()
  expect(keyOf(press('r'), false)).toBe('refresh')
})
