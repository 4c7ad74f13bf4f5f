import { expect, test } from 'vitest'
import { absoluteTime, clockTime, dayText, inOwnTime, readableTime, relativeTime } from './time-text.ts'

const now = Date.parse('2026-11-18T14:20:00Z')
const ago = (seconds: number) => relativeTime(now - seconds * 1000, now)

test('under a week a time is told relative to now', () => {
  expect([ago(3), ago(20), ago(240), ago(3 * 3600), ago(86_400), ago(2 * 86_400)]).toEqual([
    'just now',
    '20 s ago',
    '4 min ago',
    '3 h ago',
    '1 day ago',
    '2 days ago',
  ])
})

test('what is to come is told too', () => {
  expect(relativeTime(now + 12 * 86_400_000, now)).toBe('in 12 days')
})

test('from a week on it is a date', () => {
  expect(readableTime(now - 6 * 86_400_000, now)).toBe('6 days ago')
  expect(readableTime(now - 7 * 86_400_000, now)).toContain('11 Nov 2026')
})

test('an exact time carries its zone', () => {
  expect(absoluteTime(now, { timeZone: 'UTC' })).toBe('18 Nov 2026, 14:20 UTC')
  expect(absoluteTime(now, { timeZone: 'UTC', seconds: true })).toBe('18 Nov 2026, 14:20:00 UTC')
  expect(absoluteTime(now, { timeZone: 'Asia/Kathmandu' })).toBe('18 Nov 2026, 20:05 GMT+5:45')
})

test('by a clock of twelve hours the half of the day is told', () => {
  expect(absoluteTime(now, { timeZone: 'UTC', hour12: true })).toBe('18 Nov 2026, 2:20 pm UTC')
  expect(clockTime(now, { timeZone: 'UTC', hour12: true })).toBe('2:20 pm')
  expect(clockTime(now, { timeZone: 'Asia/Kathmandu' })).toBe('20:05')
})

test('a day is that of the zone', () => {
  const late = Date.parse('2026-11-18T23:30:00Z')
  expect(dayText(late, { timeZone: 'UTC' })).toBe('18 Nov 2026')
  expect(dayText(late, { timeZone: 'Asia/Kathmandu' }, 'long')).toBe('19 November 2026')
})

test('a minute that a sentence tells in UTC is told in the zone of the reader, across midnight too', () => {
  const zone = { timeZone: 'America/New_York' } // UTC-5 in November
  expect(inOwnTime('Rate limited until 14:35 UTC', now, zone)).toBe('Rate limited until 09:35')
  const late = Date.parse('2026-11-18T23:55:00Z')
  expect(inOwnTime('until 00:05 UTC', late, { ...zone, hour12: true })).toBe('until 7:05 pm')
  expect(inOwnTime('Sync 3 h late', now, zone)).toBe('Sync 3 h late')
})
