import { expect, test } from 'vitest'
import { disconnect, finishDisconnect } from '#lib/connections/disconnect.ts'
import { forgetMember } from '#lib/connections/forget-member.ts'
import { findConnection, findProviderView } from '#lib/connections/queries.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { withOrg } from '#lib/platform/db.ts'
import { jobActor } from '#lib/tenancy/actor.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

const revocations = async () =>
  (await sandbox.control.log()).filter(({ method }) => method === 'DELETE').map(({ path }) => path.split('/').at(-1))
const sealedOf = (org: TestOrganization) =>
  withOrg(org.owner.actor, async (db) => (await db.credential.findMany()).map(({ sealed }) => sealed))
const auditOf = (org: TestOrganization) =>
  withOrg(org.owner.actor, async (db) => {
    const events = await db.auditEvent.findMany({ orderBy: { sequence: 'asc' } })
    return events.map(({ action, after }) => ({ action, after }))
  })
const read = (org: TestOrganization, id: string) => withConnection(org.owner.actor, id, async () => 'read')
async function connected(org: TestOrganization, account = 'dana-k') {
  const { connection } = await connect(org.owner, { account })
  if (!connection) throw new Error('not connected')
  return connection.id
}

test('21: disconnecting revokes the grant at GitHub, wipes the token at once and keeps the history', async () => {
  const org = await newOrganization()
  const id = await connected(org)
  const { revocation, detail, connection } = await disconnect(org.owner.actor, id)
  expect({ revocation, detail }).toEqual({
    revocation: 'revoked',
    detail: 'GitHub confirmed that the token was revoked.',
  })
  expect(connection).toMatchObject({ id, status: 'disconnected', signal: 'gray' })
  expect(await revocations()).toEqual(['grant'])
  expect(await sealedOf(org)).toEqual([null])
  await expect(read(org, id)).rejects.toThrow('connected again')
  expect((await auditOf(org)).map(({ action }) => action)).toEqual(['connection.created', 'connection.disconnected'])
})

test("21: another organization's connection to the same account keeps working", async () => {
  const [acme, globex] = [await newOrganization('Acme'), await newOrganization('Globex')]
  const [id, other] = [await connected(acme), await connected(globex)]
  await disconnect(acme.owner.actor, id)
  expect(await revocations()).toEqual(['token'])
  expect(await read(globex, other)).toBe('read')
  expect(await findConnection(globex.owner.actor, other)).toMatchObject({ status: 'connected' })
})

test('one account in both slots shares a token: disconnecting one leaves the other working', async () => {
  const org = await newOrganization()
  const own = await connected(org)
  const shared = (await connect(org.owner, { slot: 'organization', account: 'dana-k' })).connection?.id ?? ''
  const { revocation } = await disconnect(org.owner.actor, own)
  expect(revocation).toBe('kept_for_another_connection')
  expect(
    await withConnection(org.owner.actor, shared, (api, { provider }) => provider.identify(api, { token: '' })),
  ).toMatchObject({
    label: '@dana-k',
  })
})

test('21: with GitHub down it is asked twice, and the token is wiped all the same', async () => {
  const org = await newOrganization()
  const id = await connected(org)
  await sandbox.control.faults([{ provider: 'github', path: '/github-api/applications/**', status: 503 }])
  const { revocation, detail } = await disconnect(org.owner.actor, id)
  expect(revocation).toBe('not_confirmed')
  expect(detail).toBe(
    "Disconnected here. GitHub didn't confirm the token was revoked (503). Remove it at github.com/settings/applications.",
  )
  expect(await revocations()).toHaveLength(2)
  expect(await sealedOf(org)).toEqual([null])
  expect((await auditOf(org)).at(-1)).toMatchObject({ after: { revocation: 'not_confirmed', providerStatus: 503 } })
})

test('21: a refusal of the revocation confirms nothing, also one that GitHub calls 422', async () => {
  const org = await newOrganization()
  const id = await connected(org)
  await sandbox.control.faults([{ provider: 'github', path: '/github-api/applications/**', status: 422 }])
  expect((await disconnect(org.owner.actor, id)).revocation).toBe('not_confirmed')
  expect((await auditOf(org)).at(-1)).toMatchObject({ after: { revocation: 'not_confirmed', providerStatus: 422 } })
})

test('21: what was known of the account that was disconnected is not shown of the next', async () => {
  const org = await newOrganization()
  const id = await connected(org)
  await withConnection(org.owner.actor, id, (api, { provider }) => provider.identify(api, { token: '' }))
  expect((await findConnection(org.owner.actor, id)).rateLimit).not.toBeNull()
  await disconnect(org.owner.actor, id)
  expect((await findConnection(org.owner.actor, id)).rateLimit).toBeNull()
})

test('21: Force Disconnect wipes without asking GitHub', async () => {
  const org = await newOrganization()
  const id = await connected(org)
  const { connection } = await disconnect(org.owner.actor, id, true)
  expect(connection).toMatchObject({ status: 'disconnected', reasonCode: 'forced' })
  expect(await revocations()).toEqual([])
  expect(await sealedOf(org)).toEqual([null])
  expect((await auditOf(org)).at(-1)?.action).toBe('connection.forced')
})

test('a disconnect whose process died is finished by the job, once', async () => {
  const org = await newOrganization()
  const id = await connected(org, 'lee-p')
  await withOrg(org.owner.actor, (db) => db.connection.update({ where: { id }, data: { status: 'disconnecting' } }))
  const job = await jobActor(org.id, 'connections.finish-disconnect')
  await finishDisconnect(job, id)
  await finishDisconnect(job, id)
  expect(await findConnection(org.owner.actor, id)).toMatchObject({ status: 'disconnected' })
  expect(await revocations()).toEqual(['grant'])
})

test('connecting again after a disconnect restores the same connection id', async () => {
  const org = await newOrganization()
  const id = await connected(org)
  await disconnect(org.owner.actor, id)
  expect((await connect(org.owner, { account: 'sam-o' })).connection).toMatchObject({ id, status: 'connected' })
})

test("19: a member may not disconnect the organization, and another member's account reads as unknown", async () => {
  const org = await newOrganization()
  const [own, shared] = [
    await connected(org),
    (await connect(org.owner, { slot: 'organization', account: 'sam-o' })).connection?.id ?? '',
  ]
  const priya = await org.join('member', 'Priya Nair')
  await expect(disconnect(priya.actor, shared)).rejects.toThrow('Only owners and admins')
  await expect(disconnect(priya.actor, own)).rejects.toThrow('Not found')
  expect(await sealedOf(org)).not.toContain(null)
})

test('20: a member who leaves has their own account revoked and wiped; the organization’s connection stays', async () => {
  const org = await newOrganization()
  const priya = await org.join('member', 'Priya Nair')
  await connect(priya, { account: 'priya-n' })
  await connect(org.owner, { slot: 'organization', account: 'dana-k' })
  await withOrg(org.owner.actor, (db) =>
    db.membership.updateMany({ where: { userId: priya.person.id }, data: { leftAt: new Date() } }),
  )
  await forgetMember(await jobActor(org.id, 'connections.forget-member'), priya.person.id)
  expect(await revocations()).toEqual(['grant'])
  const rows = await withOrg(org.owner.actor, (db) => db.connection.findMany({ orderBy: { slot: 'asc' } }))
  expect(rows.map(({ slot, status }) => [slot, status])).toEqual([
    ['organization', 'connected'],
    ['user', 'disconnected'],
  ])
  expect((await findProviderView(org.owner.actor, 'github')).coverage).toEqual({ connected: 0, members: 1 })
})

test('35: a connection of one’s own opens for nobody else, an owner included, and GitHub is not even asked', async () => {
  const org = await newOrganization()
  const priya = await org.join('member', 'Priya Nair')
  const { connection } = await connect(priya, { account: 'priya-n' })
  await sandbox.control.clearLog()
  await expect(read(org, connection?.id ?? '')).rejects.toThrow('Not found')
  await expect(findConnection(org.owner.actor, connection?.id ?? '')).rejects.toThrow('Not found')
  expect(await sandbox.control.log()).toEqual([])
})

test('21: a token that has ended is renewed once to revoke the grant, since the refresh token still lives', async () => {
  await sandbox.control.set({ provider: 'github', expiringTokens: true, tokenSeconds: 1 })
  const org = await newOrganization()
  const id = await connected(org, 'lee-p')
  await new Promise((resolve) => setTimeout(resolve, 1100))
  await sandbox.control.set({ provider: 'github', tokenSeconds: 28_800 })
  await sandbox.control.clearLog()
  expect((await disconnect(org.owner.actor, id)).revocation).toBe('revoked')
  const calls = (await sandbox.control.log()).map(({ method, path, status }) => [
    method,
    path.split('/').at(-1),
    status,
  ])
  expect(calls).toEqual([
    ['POST', 'access_token', 200],
    ['DELETE', 'grant', 204],
  ])
})

const asking = (id: string) => [
  ['GET', `connections/${id}`],
  ['GET', `connections/${id}/impact`],
  ['GET', `connections/${id}/resources?kind=repository`],
  ['GET', `connections/${id}/resources/repository/x`],
  ['POST', `connections/${id}/verify`],
  ['DELETE', `connections/${id}`],
  ['DELETE', `connections/${id}?force=true`],
]
/** Every answer about a connection, without what differs between any two requests. */
async function answers(viewer: Viewer, id: string) {
  const told: unknown[] = []
  for (const [method = '', path = ''] of asking(id)) {
    const { status, body } = await viewer.send(method, viewer.at(path))
    told.push([method, status, { ...(body as object), requestId: '' }]) // a problem is an object
  }
  return told
}

test('19: a connection one may not know of reads as one that is not there, at each of its addresses', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org, 'dana-k')
  const shared = (await connect(org.owner, { slot: 'organization', account: 'sam-o' })).connection?.id ?? ''
  const priya = await joins(org, 'member', 'Priya Nair')
  const guest = await joins(org, 'guest', 'Gil Vega')
  const unknown = await answers(guest, crypto.randomUUID())
  expect(unknown.map((one) => (one as unknown[])[1])).toEqual(asking('').map(() => 404))
  expect(await answers(priya, dana.connectionId)).toEqual(unknown)
  expect(await answers(guest, dana.connectionId)).toEqual(unknown)
  expect(await answers(guest, shared)).toEqual(unknown)
  expect(await sealedOf(org)).not.toContain(null)
})

test('19: one that is seen is refused as such, and an admin ends a member’s account without reading it', async () => {
  const org = await newOrganization()
  const shared = (await connect(org.owner, { slot: 'organization', account: 'sam-o' })).connection?.id ?? ''
  const priya = await joins(org, 'member', 'Priya Nair', 'priya-n')
  const ada = await joins(org, 'admin', 'Ada Byron')
  const refused = [
    await priya.get(priya.at(`connections/${shared}/impact`)),
    await priya.get(priya.at(`connections/${shared}/resources?kind=repository`)),
    await priya.delete(priya.at(`connections/${shared}`)),
    await priya.delete(priya.at(`connections/${shared}?force=true`)),
  ]
  expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403])
  const theirs = ada.at(`connections/${priya.connectionId}`)
  expect((await ada.get(theirs)).status).toBe(404)
  expect((await ada.get(`${theirs}/resources?kind=repository`)).status).toBe(404)
  expect((await ada.get(`${theirs}/impact`)).status).toBe(200)
  expect((await ada.delete(theirs)).body).toMatchObject({ connection: null, revocation: 'revoked' })
})
