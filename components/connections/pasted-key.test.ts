import { expect, test } from 'vitest'
import { cleanKey, foreignKey } from './pasted-key.ts'

test.each([
  [' Bearer abc\n', 'abc'],
  ['"abc"', 'abc'],
  ["'abc',", 'abc'],
  ['Authorization: Bearer "abc"', 'abc'],
  ['Authorization: token abc', 'abc'],
  ['“abc”\r\n', 'abc'],
  ['  \t abc ', 'abc'],
  ['abc', 'abc'],
  ['bearer', 'bearer'],
  ['', ''],
])('T-KEY-5 what stands around a pasted key is taken off: %j', (pasted, meant) => {
  expect(cleanKey(pasted)).toBe(meant)
})

test("a key that begins like another tool's is named, by its beginning alone", () => {
  const said = foreignKey('ghp_0123456789abcdef', 'Sentry', 'key')
  expect(said).toBe('This looks like a GitHub token (ghp_…), not a Sentry token.')
  expect(foreignKey('github_pat_11AA', 'Sentry', 'key')).toContain('(github_pat_…)')
  expect(foreignKey('sk-or-v1-00', 'GitHub', 'token')).toBe(
    'This looks like an OpenRouter key (sk-or-…), not a GitHub token.',
  )
})

test('a key of the tool itself, of a product of the same maker, or of nobody known is not doubted', () => {
  expect(foreignKey('sntryi_0011', 'Sentry', 'key')).toBeNull()
  expect(foreignKey('ATATT3xFf', 'Jira', 'token')).toBeNull()
  expect(foreignKey('ATATT3xFf', 'GitHub', 'token')).toContain('an Atlassian token')
  expect(foreignKey('00112233445566778899', 'Sentry', 'key')).toBeNull()
  expect(foreignKey('', 'Sentry', 'key')).toBeNull()
})
