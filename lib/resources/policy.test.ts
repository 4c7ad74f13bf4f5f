import { expect, test } from 'vitest'
import type { RoleName } from '#lib/tenancy/schema.ts'
import { type Extent, extentOf, isContainer, isSearchOpen, isShared } from './policy.ts'

const personal = { slots: ['organization', 'user'] } as const
const shared = { slots: ['organization'] } as const

test.each<[RoleName, Extent, Extent]>([
  ['owner', 'containers', 'content'],
  ['admin', 'containers', 'content'],
  ['member', 'nothing', 'content'],
  ['reviewer', 'nothing', 'content'],
  ['guest', 'nothing', 'nothing'],
])('the organization’s connection answers %s: %s where people have their own, else %s', (role, besideOwn, alone) => {
  expect(extentOf({ role }, { slot: 'organization', provider: personal })).toBe(besideOwn)
  expect(extentOf({ role }, { slot: 'organization', provider: shared })).toBe(alone)
  expect(extentOf({ role }, { slot: 'user', provider: personal })).toBe('content')
})

test('a repository is a container, a file is not', () => {
  expect(isContainer('repository')).toBe(true)
  expect(isContainer('file')).toBe(false)
  expect(isContainer('code_search')).toBe(false)
})

test('a search that hangs on an option is open while an admin has it switched on', () => {
  const options = new Set(['message_search'])
  expect(isSearchOpen({ options: new Set() }, {})).toBe(true)
  expect(isSearchOpen({ options: new Set() }, { searchOption: 'message_search' })).toBe(false)
  expect(isSearchOpen({ options }, { searchOption: 'message_search' })).toBe(true)
})

test('what is private at the provider is not shared through the organization’s connection', () => {
  expect(isShared({ slot: 'organization' }, { isPrivate: true })).toBe(false)
  expect(isShared({ slot: 'organization' }, {})).toBe(true)
  expect(isShared({ slot: 'user' }, { isPrivate: true })).toBe(true)
})
