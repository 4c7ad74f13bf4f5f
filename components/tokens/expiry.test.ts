import { expect, test } from 'vitest'
import { endOf } from './expiry.ts'

const now = Date.parse('2026-11-22T10:00:00Z')

test('so many days are counted from now, and no end is null', () => {
  expect(endOf('90', '', now)).toBe('2027-02-20T10:00:00.000Z')
  expect(endOf('never', '2026-12-01', now)).toBeNull()
})

test('a day of one’s own ends where the reader’s day ends; what is no day is told as such', () => {
  expect(endOf('custom', ' 2026-12-01 ', now)).toBe('2026-12-01T18:14:59.000Z') // the zone of the tests is 5:45 ahead of UTC
  for (const day of ['soon', '31.12.2026', ''])
    expect(() => endOf('custom', day, now)).toThrow('Last day has to be a day like 2026-12-31.')
})
