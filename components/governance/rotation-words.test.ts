import { expect, test } from 'vitest'
import type { RotationView } from '#lib/governance/schema.ts'
import { addressIn, dueWords, leftLines, summaryOf } from './rotation-words.ts'

const view = (change: Partial<RotationView> = {}): RotationView => ({
  connection: 'c',
  provider: 'sentry',
  name: 'Sentry',
  account: 'Acme',
  type: 'api_key',
  noun: 'key',
  endsWith: '9f3a',
  owner: { id: 'sam', name: 'Sam', leftAt: null },
  createdAt: '2026-09-01T00:00:00.000Z',
  ageDays: 78,
  renewsItself: false,
  dueAt: '2026-11-30T00:00:00.000Z',
  daysLeft: 12,
  rotate: 'soon',
  why: 'age',
  suspected: null,
  keptAt: null,
  ...change,
})
const gone = { id: 'sam', name: 'Sam', leftAt: '2026-06-03T23:30:00.000Z' }

test('a row says by when, or why now', () => {
  expect(dueWords(view())).toBe('Rotation due in 12 days')
  expect(dueWords(view({ daysLeft: 1 }))).toBe('Rotation due in 1 day')
  expect(dueWords(view({ daysLeft: -3, rotate: 'now' }))).toBe('Rotation overdue by 3 days')
  expect(dueWords(view({ daysLeft: 0, rotate: 'now' }))).toBe('Rotation overdue since today')
  expect(dueWords(view({ daysLeft: 40, rotate: null, why: null }))).toBe('In 40 days')
  expect(dueWords(view({ rotate: 'now', why: 'left', owner: gone }))).toBe('Rotate now: Sam left')
  expect(dueWords(view({ rotate: 'now', why: 'suspected' }))).toBe('Rotate now: somebody suspects a leak')
  expect(dueWords(view({ renewsItself: true }))).toBe('Renews itself')
})

test('T-ROT-3: one line for each person who left, with how many credentials were theirs', () => {
  const own = { owner: gone, why: 'left', rotate: 'now' } as const // as const: words of a union
  expect(leftLines([view(), view(own), view(own)], { timeZone: 'UTC' })).toEqual([
    'Sam left on 3 June. Rotate 2 credentials.',
  ])
  expect(leftLines([view(own)], { timeZone: 'UTC' })).toEqual(['Sam left on 3 June. Rotate 1 credential.'])
  expect(leftLines([view(own)], { timeZone: 'Asia/Kathmandu' })).toEqual(['Sam left on 4 June. Rotate 1 credential.'])
  expect(leftLines([view({ ...own, renewsItself: true })], {})).toEqual([])
})

test('the register comes to one line', () => {
  expect(summaryOf([])).toBeNull()
  expect(summaryOf([view({ renewsItself: true })])).toBeNull()
  expect(summaryOf([view({ rotate: null, why: null })])).toBe('No credentials need rotating.')
  expect(summaryOf([view(), view({ rotate: 'now' }), view({ rotate: 'now' })])).toBe('2 to rotate now · 1 due soon')
})

test('only the address of a page becomes a link', () => {
  expect(addressIn(' https://vault.example.com/item/7 ')).toBe('https://vault.example.com/item/7')
  for (const text of ['Team vault', 'javascript:alert(1)', 'op://team/sentry', '//evil.example'])
    expect(addressIn(text)).toBeNull()
})
