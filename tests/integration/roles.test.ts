import { beforeAll, expect, test } from 'vitest'
import { type RoleName, roleLabels } from '#lib/tenancy/schema.ts'
import { member, person, type TestPerson } from '#tests/support/people.ts'

const roles: readonly RoleName[] = ['owner', 'admin', 'member', 'reviewer', 'guest']
const people = new Map<RoleName, TestPerson>()
let subject: TestPerson

beforeAll(async () => {
  const dana = await person('Dana')
  people.set('owner', dana)
  for (const role of roles.slice(1)) people.set(role, await member(dana, role, roleLabels[role]))
  subject = await member(dana, 'member', 'Subject')
}, 60_000)

type Try = (by: TestPerson) => Promise<{ status: number }>
const newEmail = () => `${crypto.randomUUID()}@roles.test`

// who may do what; a number is the status, 403 for all who are not named. What a role may not see is not there for it.
const table: readonly [string, Try, Partial<Record<RoleName, number>>][] = [
  ['see the organization', (by) => by.get(by.at()), { owner: 200, admin: 200, member: 200, reviewer: 200, guest: 200 }],
  ['see the members', (by) => by.get(by.at('members')), { owner: 200, admin: 200, member: 200, reviewer: 200 }],
  ['see the invitations', (by) => by.get(by.at('invitations')), { owner: 200, admin: 200, member: 200, reviewer: 200 }],
  ['rename the organization', (by) => by.patch(by.at(), { name: 'Renamed' }), { owner: 200, admin: 200 }],
  ['say who may connect', (by) => by.patch(by.at(), { whoMayConnect: 'members' }), { owner: 200, admin: 200 }],
  [
    'invite a member',
    (by) => by.post(by.at('invitations'), { email: newEmail(), role: 'member' }),
    { owner: 201, admin: 201 },
  ],
  ['invite an owner', (by) => by.post(by.at('invitations'), { email: newEmail(), role: 'owner' }), { owner: 201 }],
  [
    'make somebody an admin',
    (by) => by.patch(by.at(`members/${subject.id}`), { role: 'admin' }),
    { owner: 200, admin: 200, guest: 404 },
  ],
  [
    'make somebody a member',
    (by) => by.patch(by.at(`members/${subject.id}`), { role: 'member' }),
    { owner: 200, admin: 200, guest: 404 },
  ],
  [
    'make somebody an owner',
    (by) => by.patch(by.at(`members/${subject.id}`), { role: 'owner' }),
    { owner: 200, guest: 404 },
  ],
  [
    'demote an owner',
    (by) => by.patch(by.at(`members/${subject.id}`), { role: 'reviewer' }),
    { owner: 200, guest: 404 },
  ],
  ['read the audit log', (by) => by.get(by.at('audit-events')), { owner: 200, admin: 200, reviewer: 200 }],
  ['check the audit log', (by) => by.get(by.at('audit-events/verify')), { owner: 200, admin: 200, reviewer: 200 }],
]

test.each(table)('19: who may %s', async (_, attempt, allowed) => {
  const statuses: Partial<Record<RoleName, number>> = {}
  const expected: Partial<Record<RoleName, number>> = {}
  // from the least right to the most: what an owner does would change what the others find
  for (const role of roles.toReversed()) {
    const by = people.get(role)
    if (!by) throw new Error(`no ${role}`)
    statuses[role] = (await attempt(by)).status
    expected[role] = allowed[role] ?? 403
  }
  expect(statuses).toEqual(expected)
})

test('an admin can neither demote nor remove an owner', async () => {
  const [owner, admin] = [people.get('owner'), people.get('admin')]
  if (!owner || !admin) throw new Error('nobody')
  const second = await member(owner, 'owner', 'Second')
  expect((await admin.patch(owner.at(`members/${second.id}`), { role: 'member' })).status).toBe(403)
  expect((await admin.delete(owner.at(`members/${second.id}`))).body).toMatchObject({
    status: 403,
    detail: 'Only owners can decide who is an owner. Ask one of them.',
  })
  expect((await owner.delete(owner.at(`members/${second.id}`))).status).toBe(204)
})

test.each(roles.slice(1))('a %s may leave', async (role) => {
  const by = people.get(role)
  expect((await by?.delete(by.at(`members/${by.id}`)))?.status).toBe(204)
})

test('native mode is refused until Jira is connected', async () => {
  const owner = people.get('owner')
  const refused = await owner?.patch(owner.at(), { atlassianMode: 'native', name: 'Half' })
  expect(refused?.body).toMatchObject({ status: 422, errors: [{ pointer: '/atlassianMode' }] })
  expect((await owner?.get(owner.at()))?.body).not.toMatchObject({ name: 'Half' })
})
