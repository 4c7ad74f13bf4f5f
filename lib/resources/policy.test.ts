import { expect, test } from 'vitest'
import type { RoleName } from '#lib/tenancy/schema.ts'
import { type Extent, extentOf, isSearchOpen, isShared } from './policy.ts'

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

test('a search that hangs on an option is open while an admin has it switched on', () => {
  const options = new Set(['message_search'])
  expect(isSearchOpen({ options: new Set() }, {})).toBe(true)
  expect(isSearchOpen({ options: new Set() }, { searchOption: 'message_search' })).toBe(false)
  expect(isSearchOpen({ options }, { searchOption: 'message_search' })).toBe(true)
})

const slack = { sharing: { kind: 'channel', audience: String, none: '' } }
const held = { slot: 'organization', provider: slack } as const
const channel = { kind: 'channel', id: 'C1' }
const message = { kind: 'message', id: 'C1.17', containerId: 'C1' }
const on = new Map([['C1', true]])
const off = new Map([['C1', false]])
const untouched = new Map<string, boolean>()

test.each([
  ['a public container', channel, untouched, true],
  ['a public container that was turned off', channel, off, false],
  ['a private container', { ...channel, isPrivate: true }, untouched, false],
  ['a private container that was turned on', { ...channel, isPrivate: true }, on, true],
  ['what is in a public container', message, untouched, true],
  ['what is in a container that was turned off', message, off, false],
  ['what is in a private container', { ...message, isPrivate: true }, untouched, false],
  ['what is in a private container that was turned on', { ...message, isPrivate: true }, on, true],
  ['what is in another container than the one turned off', { ...message, containerId: 'C2' }, off, true],
  [
    'what is in a container that is in one that was turned off',
    { ...message, containerId: 'C2', within: ['C1'] },
    off,
    false,
  ],
  ['a container in one that was turned off', { kind: 'channel', id: 'C2', within: ['C1'] }, off, false],
  ['what is in one that was turned off, in one that is on', { ...message, within: ['C2'] }, off, false],
  ['a thing of another kind whose id is alike', { kind: 'person', id: 'C1' }, off, true],
])('%s, through the organization’s connection: shared %#', (_, resource, switches, shared) => {
  expect(isShared(held, resource, switches)).toBe(shared)
})

test('one’s own connection shows what one can open, whatever was switched', () => {
  expect(isShared({ slot: 'user', provider: slack }, { ...channel, isPrivate: true }, off)).toBe(true)
})

test('where nothing is switched, nothing private is shared', () => {
  const plain = { slot: 'organization', provider: {} } as const
  expect(isShared(plain, { ...channel, isPrivate: true }, on)).toBe(false)
  expect(isShared(plain, channel, off)).toBe(true)
})
