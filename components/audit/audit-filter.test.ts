import { expect, test } from 'vitest'
import { dayOf, momentOf, presetFrom, presetOf, presets, readFilter, withFilter } from './audit-filter.ts'

test('T-AUD-2: of an address only what the log understands becomes a filter', () => {
  const read = (query: string) => String(readFilter(new URLSearchParams(query)))
  expect(read('?provider=slack&action=connection.created,key.replaced&result=ok')).toBe(
    'action=connection.created%2Ckey.replaced&provider=slack&result=ok',
  )
  expect(read('?action=nonsense&from=yesterday&result=maybe&utm_source=x&target=&actor=%00')).toBe('')
})

test('a filter that is emptied is gone from the address', () => {
  expect(String(withFilter(new URLSearchParams('provider=slack'), { result: 'ok' }))).toBe('provider=slack&result=ok')
  expect(String(withFilter(new URLSearchParams('provider=slack'), { provider: '' }))).toBe('')
})

test('a typed day is its first or last moment; what is no day is nothing', () => {
  expect(momentOf('2026-11-01', 'from')).toBe('2026-11-01T00:00:00Z')
  expect(momentOf('2026-11-01', 'to')).toBe('2026-11-01T23:59:59.999Z')
  expect([momentOf('2026-13-01', 'from'), momentOf('1 Nov', 'to')]).toEqual([null, null])
  expect([dayOf('2026-11-01T00:00:00Z'), dayOf(null)]).toEqual(['2026-11-01', ''])
})

test('the last days begin with a day of UTC, today is the last of them, and each is known by its beginning', () => {
  expect(presets.map(([days]) => presetFrom(Number(days), '2026-03-02'))).toEqual([
    '2026-03-02T00:00:00Z',
    '2026-02-24T00:00:00Z',
    '2026-02-01T00:00:00Z',
    '2025-12-03T00:00:00Z',
  ])
  const at = (from: string, to = '') => presetOf({ from, to }, '2026-03-02')
  expect(at('2026-02-24T00:00:00Z')).toBe('7')
  expect(at(momentOf('2026-02-24', 'from') ?? '')).toBe('7') // typed or chosen: the same range
  expect([at(''), at('2026-02-23T00:00:00Z'), at('2026-02-24T00:00:00Z', '2026-02-26T00:00:00Z')]).toEqual([
    null,
    null,
    null,
  ])
})
