import { expect, test } from 'vitest'
import { AuditChainView, AuditPage } from '#lib/audit/schema.ts'
import { withOrg } from '#lib/platform/db.ts'
import { enter, findPerson } from '#lib/tenancy/actor.ts'
import { readSession } from '#lib/tenancy/read-session.ts'
import { InvitationSent } from '#lib/tenancy/schema.ts'
import { asSuperuser, everyRow } from '#tests/support/as-superuser.ts'
import { linkTo } from '#tests/support/mailbox.ts'
import { api, member, PASSWORD, person, type TestPerson } from '#tests/support/people.ts'

/** Changes the log past the trigger that refuses changes. */
const tamper = (sql: string, values: unknown[] = []) =>
  asSuperuser(async (client) => {
    await client.query('SET session_replication_role = replica')
    await client.query(sql, values)
  })

const events = async (by: TestPerson, query = '') => (await by.get(by.at(`audit-events${query}`), AuditPage)).body
const verify = async (by: TestPerson) => (await by.get(by.at('audit-events/verify'), AuditChainView)).body

test('29: each change to people and rules leaves one event that names who, what, when, from where, before and after', async () => {
  const dana = await person('Dana')
  const sam = await member(dana, 'admin', 'Sam')
  await dana.patch(dana.at(), { name: 'Renamed', whoMayConnect: 'members' })
  await dana.patch(dana.at(`members/${sam.id}`), { role: 'reviewer' })
  const { id } = (await dana.post(dana.at('invitations'), { email: 'x@y.test', role: 'member' }, InvitationSent)).body
  await dana.post(dana.at(`invitations/${id}/resend`))
  await dana.delete(dana.at(`invitations/${id}`))
  await dana.delete(dana.at(`members/${sam.id}`))
  await dana.patch('/api/v1/me', { password: { current: 'wrong one', next: 'never stored' } })
  const { items } = await events(dana)
  expect(items.map(({ action }) => action).reverse()).toEqual([
    'organization.created',
    'member.invited',
    'member.joined',
    'organization.renamed',
    'policy.changed',
    'role.changed',
    'member.invited',
    'member.invitation_resent',
    'member.invitation_revoked',
    'member.removed',
  ])
  const change = items.find(({ action }) => action === 'role.changed')
  expect(change).toMatchObject({
    actor: { kind: 'user', id: dana.id, name: 'Dana' },
    subject: { kind: 'user', id: sam.id, name: 'Sam' },
    before: { role: 'admin' },
    after: { role: 'reviewer' },
    result: 'ok',
    ip: dana.ip,
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  expect(Math.abs(Date.now() - Date.parse(change?.at ?? ''))).toBeLessThan(60_000)
})

test('signing out everywhere, a new password and a reset are told to every organization of the person', async () => {
  const [dana, olga] = [await person('Dana'), await person('Olga')]
  await dana.post(dana.at('invitations'), { email: olga.email, role: 'member' })
  await olga.post(`/api/v1/invitations/${await linkTo(olga.email, 'invite')}/accept`)
  await api().post('/api/v1/password-resets', { email: olga.email })
  const token = await linkTo(olga.email, 'reset')
  await olga.delete('/api/v1/me/sessions')
  await api().post(`/api/v1/password-resets/${token}`, { password: PASSWORD })
  const { items } = await events(dana, `?actor=${olga.id}`)
  expect(items.map(({ action }) => action)).toEqual(['password.reset', 'session.ended_everywhere', 'member.joined'])
})

test('29: no event tells a token, a password or a link', async () => {
  const dana = await person('Dana')
  await dana.post(dana.at('invitations'), { email: 'x@y.test', role: 'member' })
  const token = await linkTo('x@y.test', 'invite')
  await dana.patch('/api/v1/me', { password: { current: PASSWORD, next: 'canary password' } })
  const fresh = await person('Reader') // another organization, so that the log below is complete
  expect(fresh.id).not.toBe(dana.id)
  const rows = await everyRow('AuditEvent')
  for (const secret of [token, PASSWORD, 'canary password', dana.cookie.slice(12)]) expect(rows).not.toContain(secret)
})

test('filters are combined, and pages follow each other without a gap', async () => {
  const dana = await person('Dana')
  for (let n = 0; n < 7; n++) await dana.patch(dana.at(), { name: `Name ${n}` })
  const first = await events(dana, '?action=organization.renamed&limit=4')
  const second = await events(dana, `?action=organization.renamed&limit=4&cursor=${first.nextCursor}`)
  expect([...first.items, ...second.items].map(({ after }) => after?.name)).toEqual(
    [6, 5, 4, 3, 2, 1, 0].map((n) => `Name ${n}`),
  )
  expect(second.nextCursor).toBeNull()
  const past = new Date(Date.now() - 60_000).toISOString()
  expect((await events(dana, `?actor=${dana.id}&to=${past}`)).items).toEqual([])
  expect((await events(dana, `?actor=${dana.id}&from=${past}`)).items).toHaveLength(8)
  expect((await events(dana, '?actor=nobody')).items).toEqual([])
  expect((await events(dana, '?provider=github')).items).toEqual([])
  const bad = ['?limit=0', '?limit=many', '?from=yesterday', '?action=everything', '?cursor=abc']
  const refused = await Promise.all(bad.map((query) => dana.get(dana.at(`audit-events${query}`))))
  expect(refused.map(({ status }) => status)).toEqual(bad.map(() => 422))
})

test('a moment that no calendar of the database knows is refused by name', async () => {
  const dana = await person('Dana')
  const { status, body } = await dana.get(dana.at('audit-events?from=0000-01-01T00:00:00Z'))
  expect([status, body]).toMatchObject([422, { errors: [{ pointer: '/from' }] }])
})

test('a compliance reviewer reads the log without addresses, a member not at all', async () => {
  const dana = await person('Dana')
  const [lee, priya] = [await member(dana, 'reviewer', 'Lee'), await member(dana)]
  const { items } = await events(lee)
  expect(items.length).toBeGreaterThan(0)
  expect(items.every(({ ip }) => ip === null)).toBe(true)
  expect((await priya.get(priya.at('audit-events'))).body).toMatchObject({
    status: 403,
    detail: 'Only owners, admins and compliance reviewers can read the audit log. Ask one of them.',
  })
})

test('29: the chain is whole after many changes at once, and shows where an event was removed, changed or cut off', async () => {
  const dana = await person('Dana')
  await Promise.all(Array.from({ length: 12 }, (_, n) => dana.patch(dana.at(), { name: `At once ${n}` })))
  const whole = await verify(dana)
  expect(whole).toEqual({ intact: true, events: (await events(dana)).items[0]?.sequence, brokenAt: null })
  const own = '"organizationId" = $1'
  await tamper(`UPDATE "AuditEvent" SET "actorName" = 'Eve' WHERE ${own} AND sequence = 5`, [dana.org.id])
  expect(await verify(dana)).toMatchObject({ intact: false, brokenAt: 5 })
  await tamper(`UPDATE "AuditEvent" SET "actorName" = 'Dana' WHERE ${own} AND sequence = 5`, [dana.org.id])
  expect(await verify(dana)).toMatchObject({ intact: true })
  await tamper(`DELETE FROM "AuditEvent" WHERE ${own} AND sequence = $2`, [dana.org.id, whole.events])
  expect(await verify(dana)).toMatchObject({ intact: false, brokenAt: whole.events })
  await tamper(`DELETE FROM "AuditEvent" WHERE ${own} AND sequence = 3`, [dana.org.id])
  expect(await verify(dana)).toMatchObject({ intact: false, brokenAt: 3 })
  await tamper(`DELETE FROM "AuditHead" WHERE ${own}`, [dana.org.id])
  expect(await verify(dana)).toMatchObject({ intact: false, brokenAt: 1 })
})

test('29: the app can neither change nor remove an event', async () => {
  const dana = await person('Dana')
  const token = (await readSession(dana.cookie)) ?? ''
  const someone = await findPerson(token, { ip: null, requestId: 'test' })
  if (!someone) throw new Error('nobody')
  const actor = await enter(someone, dana.org.slug)
  await expect(withOrg(actor, (db) => db.auditEvent.updateMany({ data: { actorName: 'Eve' } }))).rejects.toThrow(
    /denied/,
  )
  await expect(withOrg(actor, (db) => db.auditEvent.deleteMany())).rejects.toThrow(/denied/)
  expect(await verify(dana)).toMatchObject({ intact: true })
})

test('no event, no change: when the event cannot be written nothing else is', async () => {
  const dana = await person('Dana')
  const before = (await dana.get(dana.at())).body
  await tamper('REVOKE INSERT ON "AuditEvent" FROM plugboard_app, plugboard_system')
  try {
    expect((await dana.patch(dana.at(), { name: 'Unaudited' })).status).toBe(500)
    expect((await dana.delete('/api/v1/me/sessions')).status).toBe(500)
    expect((await dana.post('/api/v1/orgs', { name: 'Unaudited', slug: 'unaudited' })).status).toBe(500)
  } finally {
    await tamper('GRANT INSERT ON "AuditEvent" TO plugboard_app, plugboard_system')
  }
  expect((await dana.get(dana.at())).body).toEqual(before)
  expect((await dana.post('/api/v1/orgs', { name: 'Audited', slug: 'unaudited' })).status).toBe(201)
})
