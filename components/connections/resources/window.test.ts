import { expect, test } from 'vitest'
import { MOST_ROWS, spanOf } from './window.ts'

const at = (above: number) => ({ above, seen: 900, rowHeight: 45 })

test('a list of a hundred is drawn whole', () => {
  expect(spanOf(100, at(0))).toEqual({ from: 0, to: 100 })
})

test('T-RES-3 of two thousand rows never more than a hundred are drawn, and always those that are seen', () => {
  for (const above of [-500, 0, 1, 4_000, 45_000, 89_100, 200_000]) {
    const { from, to } = spanOf(2000, at(above))
    expect(to - from).toBeLessThanOrEqual(MOST_ROWS)
    expect(from).toBeGreaterThanOrEqual(0)
    expect(to).toBeLessThanOrEqual(2000)
    const firstSeen = Math.min(Math.max(Math.floor(above / 45), 0), 1980)
    expect(from).toBeLessThanOrEqual(firstSeen)
    expect(to).toBeGreaterThanOrEqual(Math.min(firstSeen + 20, 2000))
  }
})

test('a page as high as a wall, or rows of no height, draw no more either', () => {
  expect(spanOf(2000, { above: 9_000, seen: 20_000, rowHeight: 45 })).toEqual({ from: 180, to: 280 })
  expect(spanOf(2000, { above: 0, seen: 900, rowHeight: 0 })).toEqual({ from: 0, to: 100 })
})
