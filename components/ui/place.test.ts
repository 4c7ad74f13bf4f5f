import { expect, test } from 'vitest'
import { placement } from './place.ts'

const screen = { width: 1000, height: 800 }
const size = { width: 200, height: 300 }
const anchor = (left: number, top: number) => ({ left, top, right: left + 40, bottom: top + 32 })

test('a layer opens under its button, from the same edge', () => {
  expect(placement(anchor(100, 100), size, screen, 'start')).toEqual({ top: 136, left: 100 })
  expect(placement(anchor(500, 100), size, screen, 'end')).toEqual({ top: 136, left: 340 })
})

test('at the foot of the window it opens above', () => {
  expect(placement(anchor(100, 740), size, screen, 'start').top).toBe(436)
})

test('it never leaves the window', () => {
  expect(placement(anchor(950, 100), size, screen, 'start').left).toBe(792)
  expect(placement(anchor(0, 100), size, screen, 'end').left).toBe(8)
  expect(placement(anchor(0, 300), { width: 200, height: 600 }, screen, 'start').top).toBe(192)
  expect(placement(anchor(0, 500), { width: 200, height: 790 }, screen, 'start').top).toBe(8)
})
