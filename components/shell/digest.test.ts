import { expect, test } from 'vitest'
import { digestOf } from './digest.ts'

test('the code of a failure is the digest the server logged', () => {
  expect(digestOf(Object.assign(new Error('x'), { digest: '7f3a' }))).toBe('7f3a')
})

test('what was thrown in the browser has no code', () => {
  expect([digestOf(new Error('x')), digestOf('x'), digestOf({ digest: '7f3a' })]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
