import { expect, test } from 'vitest'
import { z } from 'zod'
import { listAuditEvents } from '#lib/audit/queries.ts'
import { record } from '#lib/audit/record.ts'
import { disconnect } from '#lib/connections/disconnect.ts'
import { forgetMember } from '#lib/connections/forget-member.ts'
import { jobs } from '#lib/connections/jobs.ts'
import { observeLost } from '#lib/connections/observe.ts'
import { findConnection, listActivity } from '#lib/connections/queries.ts'
import { probe, verify } from '#lib/connections/verify.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { withOrg } from '#lib/platform/db.ts'
import { type Actor, jobActor } from '#lib/tenancy/actor.ts'
import { hold } from '#lib/vault/hold.ts'
import { mailsTo } from '#tests/support/mailbox.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

const idOf = ({ connection }: Awaited<ReturnType<typeof connect>>): string => {
  if (!connection) throw new Error('not connected')
  return connection.id
}
const ask = (org: TestOrganization, id: string, path: string) =>
  withConnection(org.owner.actor, id, (api) => api(path, { schema: z.unknown() }))
const queued = (org: TestOrganization, name: string) =>
  withOrg(org.owner.actor, async (db) => {
    const rows = await db.$queryRaw<{ data: Record<string, string> }[]>`
      SELECT data FROM pgboss.job WHERE name = ${name} AND data->>'organizationId' = ${org.id} ORDER BY created_on`
    return rows.map(({ data }) => data)
  })
const run = async (name: string, payload: Record<string, string> = {}) =>
  jobs.find((job) => job.name === name)?.work(payload)
const told = async (actor: Actor) =>
  (await listActivity(actor, 'github', { limit: 50 })).items.map(({ who, what }) => `${who} ${what}`)

test('an organization that has not approved Plugboard shows at its connection until a check finds it gone', async () => {
  const org = await newOrganization()
  const id = idOf(await connect(org.owner))
  await sandbox.control.set({ provider: 'github', restrictedOrgs: ['acme'] })
  for (const _ of [1, 2]) await expect(ask(org, id, '/repos/acme/payroll')).rejects.toMatchObject({ failure: 'setup' })
  expect(await findConnection(org.owner.actor, id)).toMatchObject({
    status: 'connected',
    signal: 'amber',
    reasonCode: 'partial_access',
    reason: 'acme hasn’t approved Plugboard',
    nextAction: { id: 'how_to_fix' },
    capabilities: { unapproved: ['acme'] },
  })
  await sandbox.control.set({ provider: 'github', restrictedOrgs: [] })
  expect(await verify(org.owner.actor, id)).toMatchObject({ status: 'connected', signal: 'green' })
})

test('it shows also where whoever read went on without it, as a board does', async () => {
  const org = await newOrganization()
  const id = idOf(await connect(org.owner))
  await sandbox.control.set({ provider: 'github', restrictedOrgs: ['acme'] })
  await withConnection(org.owner.actor, id, (api) =>
    api('/repos/acme/payroll', { schema: z.unknown() }).catch(() => null),
  )
  expect(await findConnection(org.owner.actor, id)).toMatchObject({ reasonCode: 'partial_access' })
})

test('an organization behind single sign-on shows at the connection too', async () => {
  const org = await newOrganization()
  const id = idOf(await connect(org.owner))
  await sandbox.control.set({ provider: 'github', ssoOrgs: ['acme'] })
  await expect(ask(org, id, '/repos/acme/payroll')).rejects.toMatchObject({ failure: 'setup', detail: 'sso' })
  expect(await findConnection(org.owner.actor, id)).toMatchObject({ capabilities: { unapproved: ['acme'] } })
})

/** A connection from before Plugboard asked for `missing`. */
async function connectedBefore(org: TestOrganization, missing: string): Promise<string> {
  const all = ['repo', 'read:user', 'user:email', 'read:org'].filter((name) => name !== missing)
  await sandbox.control.set({ provider: 'github', grantScopes: all })
  const id = idOf(await connect(org.owner))
  await withOrg(org.owner.actor, (db) =>
    db.connection.update({ where: { id }, data: { scopesRequested: all, status: 'connected', reasonCode: null } }),
  )
  return id
}

test('a permission that Plugboard needs since a newer version turns the next check to Needs re-auth', async () => {
  const org = await newOrganization()
  const id = await connectedBefore(org, 'repo')
  expect(await verify(org.owner.actor, id)).toMatchObject({
    status: 'needs_reauth',
    reasonCode: 'scopes_changed',
    reason: 'Connection invalid: Plugboard now needs repo',
    scopes: { missing: ['repo'] },
  })
})

test('one that it can use since a newer version is shown as missing', async () => {
  const org = await newOrganization()
  const id = await connectedBefore(org, 'user:email')
  expect(await verify(org.owner.actor, id)).toMatchObject({
    status: 'connected',
    signal: 'amber',
    reasonCode: 'scopes_missing',
  })
})

test('a lost grant and another change of its connections do not lock each other out', async () => {
  const org = await newOrganization()
  const { actor } = org.owner
  const own = idOf(await connect(org.owner))
  const shared = idOf(await connect(org.owner, { slot: 'organization', account: 'dana-k' }))
  const held = await hold(actor, own)
  const [hasUpdated, mayRecord] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const changing = withOrg(actor, async (db) => {
    await db.connection.update({ where: { id: shared }, data: { lastUsedAt: new Date() } })
    hasUpdated.resolve()
    await mayRecord.promise
    await record(db, actor, 'connection.recovered', { kind: 'connection', id: shared })
  })
  await hasUpdated.promise
  const losing = withOrg(actor, (db) => observeLost(db, actor, held, 'refresh_refused'))
  await new Promise((resolve) => setTimeout(resolve, 700))
  mayRecord.resolve()
  await Promise.all([changing, losing])
  expect(await findConnection(actor, own)).toMatchObject({ status: 'needs_reauth' })
  expect(await findConnection(actor, shared)).toMatchObject({ status: 'needs_reauth' })
})

test('19: whose account a member had connected is not told to others, also not when an admin disconnects it', async () => {
  const org = await newOrganization()
  const sam = await org.join('member', 'Sam Ortiz')
  const id = idOf(await connect(sam, { account: 'lee-p' }))
  await disconnect(org.owner.actor, id, true)
  expect(await told(org.owner.actor)).toEqual([
    'Dana Kim disconnected a member’s account by force',
    'Sam Ortiz connected their own account',
  ])
  expect(await told(sam.actor)).toEqual(['Dana Kim disconnected @lee-p by force', 'Sam Ortiz connected @lee-p'])
  const { items } = await listAuditEvents(org.owner.actor, { limit: 50 })
  expect(items.map(({ subject }) => subject.name)).toEqual(['github account', 'github account'])
  expect(JSON.stringify(items)).not.toContain('lee-p')
})

test('20: who came back before the cleaning began keeps what they connected', async () => {
  const org = await newOrganization()
  const sam = await org.join('member', 'Sam Ortiz')
  const id = idOf(await connect(sam, { account: 'lee-p' }))
  await forgetMember(await jobActor(org.id, 'connections.forget-member'), sam.person.id)
  expect(await findConnection(sam.actor, id)).toMatchObject({ status: 'connected' })
})

test('a probe of what cannot be opened says so, and takes its turn all the same', async () => {
  const org = await newOrganization()
  const id = idOf(await connect(org.owner))
  const longAgo = new Date('2026-01-01')
  await withOrg(org.owner.actor, async (db) => {
    await db.credential.updateMany({ where: {}, data: { version: { increment: 1 } } })
    await db.connection.update({ where: { id }, data: { probedAt: longAgo } })
  })
  await probe(await jobActor(org.id, 'connections.probe'), id)
  expect(await findConnection(org.owner.actor, id)).toMatchObject({ status: 'needs_reauth', reasonCode: 'unreadable' })
  const row = await withOrg(org.owner.actor, (db) => db.connection.findFirst({ where: { id } }))
  expect(row?.probedAt?.getTime()).toBeGreaterThan(longAgo.getTime())
})

test('the longest unprobed are probed first', async () => {
  const org = await newOrganization()
  const sam = await org.join('member', 'Sam Ortiz')
  const made = [
    { id: idOf(await connect(org.owner, { account: 'dana-k' })), probedAt: new Date('2026-01-02') },
    { id: idOf(await connect(sam, { account: 'lee-p' })), probedAt: new Date('2026-01-01') },
    { id: idOf(await connect(org.owner, { slot: 'organization', account: 'sam-o' })), probedAt: null },
  ]
  for (const { id, probedAt } of made)
    await withOrg(org.owner.actor, (db) => db.connection.update({ where: { id }, data: { probedAt } }))
  await run('connections.schedule-probes')
  const order = (await queued(org, 'connections.probe')).map(({ connectionId }) => connectionId)
  expect(order).toEqual(made.toReversed().map(({ id }) => id))
})

test('each person who can mend a broken connection gets one mail about it, and none about one that is over', async () => {
  const org = await newOrganization()
  const ada = await org.join('admin', 'Ada Byron')
  const id = idOf(await connect(org.owner, { slot: 'organization', account: 'dana-k' }))
  await sandbox.control.revoke({ provider: 'github', account: 'dana-k' })
  await expect(ask(org, id, '/user')).rejects.toMatchObject({ failure: 'expired' })
  const notices = await queued(org, 'connections.notify-broken')
  expect(notices.map(({ userId }) => userId).sort()).toEqual([org.owner.person.id, ada.person.id].sort())
  for (const notice of notices) await run('connections.notify-broken', notice)
  expect(await mailsTo(ada.person.email)).toHaveLength(1)
  expect(await mailsTo(org.owner.person.email)).toHaveLength(1)
  await connect(org.owner, { slot: 'organization', account: 'dana-k' })
  await sandbox.control.revoke({ provider: 'github', account: 'dana-k' })
  await expect(ask(org, id, '/user')).rejects.toMatchObject({ failure: 'expired' })
  for (const notice of notices) await run('connections.notify-broken', notice)
  expect(await mailsTo(ada.person.email)).toHaveLength(1)
})
