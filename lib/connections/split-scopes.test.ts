import { expect, test } from 'vitest'
import { knownProvider } from '#lib/vault/reach.ts'
import { splitScopes } from './split-scopes.ts'

const granted = ['read:jira-work', 'read:space:confluence', 'offline_access', 'read:me']

test('of a grant for two products each has its own permissions, what both ask for, and what neither does', () => {
  expect(splitScopes(knownProvider('jira'), granted)).toEqual(['read:jira-work', 'offline_access', 'read:me'])
  expect(splitScopes(knownProvider('confluence'), granted)).toEqual([
    'read:space:confluence',
    'offline_access',
    'read:me',
  ])
})

test('where nobody shares the grant everything is the one’s', () => {
  expect(splitScopes(knownProvider('github'), ['repo', 'gist'])).toEqual(['repo', 'gist'])
})
