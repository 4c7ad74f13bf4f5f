// Zoom's tokens last an hour and are renewed as a pair: what renewed once renews nothing again.
import { expect, test } from 'vitest'
import { z } from 'zod'
import { findConnection } from '#lib/connections/queries.ts'
import { readPlan } from '#lib/connections/read-plan.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { withOrg } from '#lib/platform/db.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { startReaders, storm } from '#tests/support/readers.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const TOKEN = '/zoom-web/oauth/token'
const WHO = '/users/me'
const DANA = 'dana@acme.example'

async function connected(org: TestOrganization): Promise<string> {
  const { connection } = await connect(org.owner, { provider: 'zoom', slot: 'organization', account: DANA })
  if (!connection) throw new Error('not connected')
  return connection.id
}

const credential = async ({ owner }: TestOrganization) =>
  (await withOrg(owner.actor, (db) => db.credential.findMany()))[0]

/** A connection whose token has ended, here and at Zoom. */
async function endedConnection(org: TestOrganization): Promise<string> {
  const id = await connected(org)
  await sandbox.control.clock(3_700)
  await withOrg(org.owner.actor, (db) => db.credential.updateMany({ where: {}, data: { expiresAt: new Date(0) } }))
  await sandbox.control.clearLog()
  return id
}

const called = async (path: string) => (await sandbox.control.log()).filter((one) => one.path === path).length
const who = ({ owner }: TestOrganization, id: string) =>
  withConnection(owner.actor, id, async (api) => (await api(WHO, { schema: z.object({ email: z.string() }) })).email)
const standing = async ({ owner }: TestOrganization, id: string) => {
  const { status, reasonCode } = await findConnection(owner.actor, id)
  return [status, reasonCode]
}
const retryNow = ({ owner }: TestOrganization) =>
  withOrg(owner.actor, (db) => db.credential.updateMany({ where: {}, data: { retryAt: null } }))

test('a token that has ended is renewed with what renews it, and both are new', async () => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  const before = await credential(org)
  expect(await who(org, id)).toBe(DANA)
  const after = await credential(org)
  expect([before?.version, after?.version, after?.refreshable]).toEqual([1, 2, true])
  expect(after?.sealed).not.toBe(before?.sealed)
  expect([await called(TOKEN), await standing(org, id)]).toEqual([1, ['connected', null]])
})

test.each(['on', 'off'])(
  '5: two hundred readers over three processes cause one refresh (readers share it: %s)',
  async (COALESCE_REFRESH) => {
    const org = await newOrganization()
    const id = await endedConnection(org)
    await sandbox.control.set({ provider: 'zoom', account: { account: 'acme', plan: 'business' } })
    const task = { session: org.owner.person.sessionToken, org: org.slug, connection: id, path: WHO }
    const readers = await Promise.all(
      [67, 67, 66].map((count) => startReaders({ ...task, readers: count }, { COALESCE_REFRESH })),
    )
    await storm(readers)
    expect(await called(TOKEN)).toBe(1)
    expect((await standing(org, id))[0]).toBe('connected')
    expect(await credential(org)).toMatchObject({ version: 2, failures: 0 })
  },
  60_000,
)

test.each([
  ['is refused for a passing reason', { status: 429, headers: { 'retry-after': '30' }, body: {} }],
  ['is not answered', { status: 503 }],
  ['is refused for a mistake of ours', { status: 400, body: { reason: 'Invalid client', error: 'invalid_client' } }],
])('7: where the renewal %s, the connection is not taken for dead and recovers by itself', async (_, fault) => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  await sandbox.control.faults([{ provider: 'zoom', path: TOKEN, ...fault }])
  await expect(who(org, id)).rejects.toMatchObject({ failure: 'unavailable' })
  expect(await standing(org, id)).toEqual(['connected', 'refresh_retrying'])
  await sandbox.control.clearFaults()
  await retryNow(org)
  expect(await who(org, id)).toBe(DANA)
  expect(await standing(org, id)).toEqual(['connected', null])
})

test('a plan that nobody could ask for meanwhile is told as unread, and nobody waits for it', async () => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  await sandbox.control.faults([{ provider: 'zoom', path: TOKEN, status: 503 }])
  expect((await findConnection(org.owner.actor, id)).plan).toBeNull()
  await readPlan(org.owner.actor, id)
  const problem = expect.stringContaining("Couldn't read your plan.")
  expect((await findConnection(org.owner.actor, id)).plan).toMatchObject({ label: null, problem })
  await sandbox.control.clearFaults()
  await retryNow(org)
  await readPlan(org.owner.actor, id)
  expect((await findConnection(org.owner.actor, id)).plan).toMatchObject({ label: 'Licensed', problem: null })
  await sandbox.control.clock(3_700)
  await sandbox.control.faults([{ provider: 'zoom', path: TOKEN, status: 503 }])
  await readPlan(org.owner.actor, id)
  expect((await findConnection(org.owner.actor, id)).plan).toMatchObject({ label: 'Licensed', problem })
})

test('8: a renewal that is refused for good is asked once, and somebody has to connect it again', async () => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  await sandbox.control.revoke({ provider: 'zoom', account: DANA })
  await expect(who(org, id)).rejects.toMatchObject({ failure: 'revoked' })
  await expect(who(org, id)).rejects.toMatchObject({ kind: 'not-connected' })
  expect(await called(TOKEN)).toBe(1)
  expect((await standing(org, id))[1]).toBe('refresh_refused')
})
