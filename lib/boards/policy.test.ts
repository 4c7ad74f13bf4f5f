import { expect, test } from 'vitest'
import { RoleName } from '#lib/tenancy/schema.ts'
import { allowDeleting, allowEditing, allowSeeing, mayEditBoards, maySeeBoards } from './policy.ts'

const holder = (role: RoleName | null) => ({ role, userId: 'me' })

test('everyone but a guest sees boards, and readers do not edit them', () => {
  expect(RoleName.options.filter((role) => maySeeBoards(holder(role)))).toEqual([
    'owner',
    'admin',
    'member',
    'reviewer',
  ])
  expect(RoleName.options.filter((role) => mayEditBoards(holder(role)))).toEqual(['owner', 'admin', 'member'])
})

test('to a guest and to a job no board exists', () => {
  expect(() => allowSeeing(holder('guest'))).toThrow(expect.objectContaining({ kind: 'not-found' }))
  expect(() => allowSeeing(holder(null))).toThrow(expect.objectContaining({ kind: 'not-found' }))
  expect(() => allowEditing(holder('reviewer'))).toThrow(expect.objectContaining({ kind: 'forbidden' }))
})

test('a board is deleted by whoever made it, an owner or an admin', () => {
  expect(() => allowDeleting(holder('member'), { createdById: 'me' })).not.toThrow()
  expect(() => allowDeleting(holder('admin'), { createdById: 'another' })).not.toThrow()
  expect(() => allowDeleting(holder('member'), { createdById: 'another' })).toThrow(
    expect.objectContaining({ kind: 'forbidden' }),
  )
})
