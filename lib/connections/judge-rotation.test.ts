import { expect, test } from 'vitest'
import { findProvider } from '#lib/providers/registry.ts'
import { type Aging, daysToRotation, judgeRotation } from './judge-rotation.ts'

const DAY_MS = 86_400_000
const key = (days: number, change: Partial<Aging> = {}): Aging => ({
  method: 'api_key',
  credentialType: 'api_key',
  issuedAt: new Date(Date.now() - days * DAY_MS),
  rotationDays: 90,
  suspectedAt: null,
  creatorLeft: false,
  ...change,
})
const sentry = { provider: findProvider('sentry') }
const judge = (row: Aging, around = sentry) => judgeRotation(row, around)

test('T-ROT-1: a key is due soon when it is 76 days old, and overdue when it is 90', () => {
  expect(judge(key(75.9))).toEqual({ rotate: null, why: null })
  expect(judge(key(76.01))).toEqual({ rotate: 'soon', why: 'age' })
  expect(judge(key(89.9))).toEqual({ rotate: 'soon', why: 'age' })
  expect(judge(key(90))).toEqual({ rotate: 'now', why: 'age' })
  expect([75.9, 76.01, 89.9, 90, 93.5].map((days) => daysToRotation(key(days), sentry))).toEqual([null, 14, 1, 0, -3])
})

test('the organization says after how many days', () => {
  expect(judge(key(30, { rotationDays: 30 })).rotate).toBe('now')
  expect(judge(key(90, { rotationDays: 365 })).rotate).toBeNull()
})

test('T-ROT-3: a key whose owner left is to be replaced at any age, and one that others may know before that', () => {
  expect(judge(key(1, { creatorLeft: true }))).toEqual({ rotate: 'now', why: 'left' })
  expect(judge(key(1, { creatorLeft: true, suspectedAt: new Date() }))).toEqual({ rotate: 'now', why: 'suspected' })
})

test('what renews itself is never to be replaced; what a consent gave once for all is', () => {
  const consent = key(400, { method: 'oauth2', credentialType: 'oauth2', creatorLeft: true })
  expect(judge(consent, { provider: findProvider('slack') })).toEqual({ rotate: null, why: null })
  expect(judge(consent, { provider: findProvider('openrouter') })).toEqual({ rotate: 'now', why: 'left' })
})

test('what rides on another connection’s grant is not to be replaced by itself', () => {
  expect(judge(key(400, { method: 'verified', credentialType: 'oauth2' })).rotate).toBeNull()
})

test('where nothing is kept, nothing is to be replaced', () => {
  expect(judge(key(400, { issuedAt: null, credentialType: null }))).toEqual({ rotate: null, why: null })
})
