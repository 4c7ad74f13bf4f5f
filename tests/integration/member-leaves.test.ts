// quality 19 and 20: what ends with a member who leaves, what stays, and who takes it over.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { forgetMember } from '#lib/connections/forget-member.ts'
import { ProviderView } from '#lib/connections/schema.ts'
import { listLeftBehind } from '#lib/people/queries.ts'
import { LeavingView } from '#lib/people/schema.ts'
import { withOrg } from '#lib/platform/db.ts'
import { jobActor } from '#lib/tenancy/actor.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { api, sessionOf } from '#tests/support/people.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

/** How often GitHub was asked to end something: a token or, with the last of an account, the whole grant. */
const revocations = async () => (await sandbox.control.log()).filter(({ method }) => method === 'DELETE').length
const leaving = async (who: Viewer, member: Viewer) =>
  (await who.get(who.at(`members/${member.person.id}/leaving`), LeavingView)).body
const remove = async (who: Viewer, member: Viewer) => (await who.delete(who.at(`members/${member.person.id}`))).status
const sharedSlot = async (who: Viewer) => {
  const { slots } = (await who.get(who.at('integrations/github'), ProviderView)).body
  return slots.find(({ slot }) => slot === 'organization')
}
const rows = (org: TestOrganization) =>
  withOrg(org.owner.actor, (db) => db.connection.findMany({ include: { credential: true }, orderBy: { slot: 'asc' } }))

/** Does what waits for those who left, as the worker would. */
async function forget(org: TestOrganization): Promise<number> {
  const waiting = await withOrg(
    org.owner.actor,
    (db) =>
      db.$queryRaw<{ data: { userId: string } }[]>`
      DELETE FROM pgboss.job WHERE name = 'connections.forget-member' AND data->>'organizationId' = ${org.id} RETURNING data`,
  )
  for (const { data } of waiting) await forgetMember(await jobActor(org.id, 'connections.forget-member'), data.userId)
  return waiting.length
}

/** A login at GitHub of this test's own. */
async function newLogin(): Promise<string> {
  const login = `sam-${randomUUID().slice(0, 8)}`
  await sandbox.control.set({ provider: 'github', account: { login, name: 'Sam Ortiz' } })
  return login
}

/** An admin with an account of their own who also connected GitHub for everyone, with another or with the same. */
async function withAdmin({ isSame = false } = {}) {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const own = await newLogin()
  const shared = isSame ? own : await newLogin()
  const sam = await joins(org, 'admin', 'Sam Ortiz', own)
  await connect(sam, { slot: 'organization', account: shared })
  await sandbox.control.clearLog()
  return { org, dana, sam, shared }
}

test('T-MEM-3 before a member goes it is told what ends with them, what needs another owner and what stays', async () => {
  const { org, dana, sam, shared } = await withAdmin()
  await sam.post(sam.at('boards'), { name: 'Retry budget' })
  await sam.post(sam.at('api-tokens'), { name: 'deploy', scopes: ['boards:read'] })
  const told = {
    accounts: [{ provider: 'github', name: 'GitHub' }],
    connections: [{ provider: 'github', name: 'GitHub', account: `@${shared}` }],
    boards: 1,
    tokens: 1,
  }
  expect(await leaving(dana, sam)).toEqual(told)
  expect(await leaving(sam, sam)).toEqual(told)
  expect(await leaving(dana, dana)).toEqual({ accounts: [], connections: [], boards: 0, tokens: 0 })
  const [priya, guest] = [await joins(org, 'member', 'Priya Nair'), await joins(org, 'guest', 'Gil Vega')]
  const asked = async (who: Viewer, member: Viewer) =>
    (await who.get(who.at(`members/${member.person.id}/leaving`))).status
  expect([await asked(priya, sam), await asked(guest, sam), await asked(guest, guest), await asked(sam, dana)]).toEqual(
    [403, 404, 200, 403],
  )
})

test('T-MEM-3 20: who is removed is signed out, their account revoked and wiped, and what they made for everyone flagged at once', async () => {
  const { org, dana, sam } = await withAdmin()
  expect(await remove(dana, sam)).toBe(204)
  expect((await sam.get('/api/v1/me')).status).toBe(401)
  expect((await api(await sessionOf(sam.person.id)).get(sam.at('boards'))).status).toBe(404)
  // at once: before any job has run
  expect(await sharedSlot(dana)).toMatchObject({
    status: 'connected',
    signal: 'amber',
    reasonCode: 'installer_left',
    reason: 'Connected by Sam Ortiz, who left',
    nextAction: { id: 'take_over', label: 'Take over', may: true },
  })
  expect((await listLeftBehind(dana.actor)).map(({ id }) => id)).toEqual(['github'])
  expect(await forget(org)).toBe(1)
  expect(await revocations()).toBe(1)
  expect((await rows(org)).map(({ slot, status, credential }) => [slot, status, credential?.sealed != null])).toEqual([
    ['organization', 'connected', true],
    ['user', 'disconnected', false],
  ])
})

test('taking over is reconnecting as oneself: the same connection, no longer flagged', async () => {
  const { dana, sam, shared } = await withAdmin()
  await remove(dana, sam)
  const before = (await sharedSlot(dana))?.connection
  const { connection } = await connect(dana, { slot: 'organization', account: shared })
  expect(connection).toMatchObject({ id: before?.id, signal: 'green', createdBy: { name: 'Dana Kim', left: false } })
  expect(await listLeftBehind(dana.actor)).toEqual([])
})

test('20: one account behind both slots: the own connection ends, the grant of everyone’s does not', async () => {
  const { org, dana, sam } = await withAdmin({ isSame: true })
  await remove(dana, sam)
  await forget(org)
  expect(await revocations()).toBe(0)
  const { connection } = (await sharedSlot(dana)) ?? {}
  const kinds = await dana.get(dana.at(`connections/${connection?.id}/resources?kind=repository`))
  expect(kinds.status).toBe(200)
  expect((await rows(org)).map(({ slot, status }) => [slot, status])).toEqual([
    ['organization', 'connected'],
    ['user', 'disconnected'],
  ])
})

test('20: what a process that died left undone is finished by the job, and done twice it does nothing', async () => {
  const { org, dana, sam } = await withAdmin()
  await remove(dana, sam)
  const where = { id: sam.connectionId }
  await withOrg(org.owner.actor, (db) => db.connection.update({ where, data: { status: 'disconnecting' } }))
  const job = await jobActor(org.id, 'connections.forget-member')
  await forgetMember(job, sam.person.id)
  await forgetMember(job, sam.person.id)
  expect(await revocations()).toBe(1)
  expect((await rows(org)).at(-1)).toMatchObject({ status: 'disconnected', credentialId: null })
})

test('20: with GitHub down their token is wiped all the same', async () => {
  const { org, dana, sam } = await withAdmin()
  await sandbox.control.faults([{ provider: 'github', path: '/github-api/applications/**', status: 503 }])
  await remove(dana, sam)
  await forget(org)
  expect((await rows(org)).at(-1)).toMatchObject({ slot: 'user', status: 'disconnected', credentialId: null })
})

test('20: one connection that cannot be ended keeps none of the others', async () => {
  const { org, dana, sam } = await withAdmin()
  // of a provider that this version no longer has
  const userId = sam.person.id
  const place = { organizationId: org.id, provider: 'was-removed', slot: 'user', slotKey: userId, userId }
  const account = { method: 'oauth2', accountId: '1', accountLabel: '@sam', createdById: userId }
  await withOrg(org.owner.actor, (db) =>
    db.connection.create({ data: { ...place, ...account, status: 'connected', since: new Date(0) } }),
  )
  await remove(dana, sam)
  await expect(forget(org)).rejects.toThrow('not all connections of a member who left were ended')
  const github = (await rows(org)).filter(({ slot, provider }) => slot === 'user' && provider === 'github')
  expect(github.map(({ status }) => status)).toEqual(['disconnected'])
})

test('who leaves by themselves leaves the same behind, and what they made stays theirs by name', async () => {
  const { org, dana, sam } = await withAdmin()
  expect(await remove(sam, sam)).toBe(204)
  expect(await forget(org)).toBe(1)
  expect(await revocations()).toBe(1)
  expect((await sharedSlot(dana))?.connection?.createdBy).toMatchObject({ name: 'Sam Ortiz', left: true })
  const priya = await joins(org, 'member', 'Priya Nair')
  expect(await listLeftBehind(priya.actor)).toEqual([])
})
