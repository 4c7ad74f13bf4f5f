import { expect, test } from 'vitest'
import type { Scope } from '#lib/providers/define-auth.ts'
import { compareScopes } from './scopes.ts'

const scopes: Scope[] = [
  { name: 'repo', why: 'w' },
  { name: 'read:user', why: 'w', impliedBy: ['user'] },
  { name: 'read:org', why: 'w', optional: true, limits: 'l' },
]
const asked = scopes.map(({ name }) => name)

test('everything granted is nothing missing', () => {
  expect(compareScopes(scopes, asked, asked)).toEqual({ missing: [], missingRequired: [], extra: [] })
})

test('a broader name counts for the one it implies, and is not extra', () => {
  const { missing, extra } = compareScopes(scopes, asked, ['repo', 'user', 'read:org'])
  expect({ missing, extra }).toEqual({ missing: [], extra: [] })
})

test('a missing optional scope is missing, and only a required one is required', () => {
  expect(compareScopes(scopes, asked, ['read:user'])).toEqual({
    missing: ['repo', 'read:org'],
    missingRequired: ['repo'],
    extra: [],
  })
})

test('a scope that nobody asked for is extra, and one that was asked for and is declared no more is not missed', () => {
  expect(compareScopes(scopes, [...asked, 'gist'], [...asked, 'workflow', 'workflow'])).toEqual({
    missing: [],
    missingRequired: [],
    extra: ['workflow'],
  })
})

test('what was not asked for is not missing', () => {
  expect(compareScopes(scopes, ['repo'], ['repo']).missing).toEqual([])
})
