import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { waitInLine, whenClear } from './wait-in-line.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('those who wait in a line go one after another, and who comes later when it is clear', async () => {
  const gone: string[] = []
  const note = (what: string) => () => void gone.push(what)
  for (const name of ['first', 'second', 'third']) void waitInLine('zoom', 1000).then(note(name))
  void whenClear('zoom').then(note('a new one'))
  void whenClear('another').then(note('another line'))
  const seen: string[][] = []
  for (const ms of [999, 1, 999, 1, 1000]) {
    await vi.advanceTimersByTimeAsync(ms)
    seen.push([...gone])
  }
  expect(seen.map((all) => all.at(-1))).toEqual(['another line', 'first', 'first', 'second', 'a new one'])
  expect(gone).toEqual(['another line', 'first', 'second', 'third', 'a new one'])
  await whenClear('zoom')
})

test('who does not want to wait any more holds nobody up', async () => {
  const ending = new AbortController()
  const left = waitInLine('calm', 60_000, ending.signal)
  const next = waitInLine('calm', 10)
  ending.abort()
  await vi.advanceTimersByTimeAsync(10)
  expect(await Promise.all([left, next])).toHaveLength(2)
})
