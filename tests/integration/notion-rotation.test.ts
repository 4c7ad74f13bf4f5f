// Notion's tokens end without having said when: the first refusal tells, and the renewal after it replaces both.
import { expect, test } from 'vitest'
import { z } from 'zod'
import { findConnection } from '#lib/connections/queries.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { withOrg } from '#lib/platform/db.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { startReaders, storm } from '#tests/support/readers.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const TOKEN = '/notion-api/v1/oauth/token'
const WHO = '/users/me'

async function connected(org: TestOrganization): Promise<string> {
  const { connection } = await connect(org.owner, { provider: 'notion', slot: 'organization', account: 'dana@acme' })
  if (!connection) throw new Error('not connected')
  return connection.id
}

/** A connection whose access token has ended, which nothing that is stored tells. */
async function endedConnection(org: TestOrganization): Promise<string> {
  await sandbox.control.set({ provider: 'notion', tokenSeconds: 1, rate: { perSecond: 1000, burst: 2000 } })
  const id = await connected(org)
  await sandbox.control.set({ provider: 'notion', tokenSeconds: null })
  await sandbox.control.clock(2)
  await sandbox.control.clearLog()
  return id
}

const called = async (path: string) => (await sandbox.control.log()).filter((one) => one.path === path).length
const who = ({ owner }: TestOrganization, id: string) =>
  withConnection(owner.actor, id, async (api) => (await api(WHO, { schema: z.object({ type: z.string() }) })).type)
const credential = async ({ owner }: TestOrganization) =>
  (await withOrg(owner.actor, (db) => db.credential.findMany()))[0]
const standing = async ({ owner }: TestOrganization, id: string) => {
  const { status, reasonCode } = await findConnection(owner.actor, id)
  return [status, reasonCode]
}
const retryNow = ({ owner }: TestOrganization) =>
  withOrg(owner.actor, (db) => db.credential.updateMany({ where: {}, data: { retryAt: null } }))

test('a token without an end is renewed when it is refused, with what renews it, and goes on being renewed', async () => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  expect(await credential(org)).toMatchObject({ expiresAt: null, refreshable: true, version: 1 })
  expect(await who(org, id)).toBe('bot')
  expect(await credential(org)).toMatchObject({ expiresAt: null, refreshable: true, version: 2 })
  await sandbox.control.set({ provider: 'notion', endAccess: { account: 'dana@acme' } })
  expect(await who(org, id)).toBe('bot')
  expect(await credential(org)).toMatchObject({ version: 3 })
  expect([await called(TOKEN), await standing(org, id)]).toEqual([2, ['connected', null]])
})

test.each(['on', 'off'])(
  '5: two hundred readers over three processes cause one refresh of a token that nobody knew had ended (readers share it: %s)',
  async (COALESCE_REFRESH) => {
    const org = await newOrganization()
    const id = await endedConnection(org)
    const task = { session: org.owner.person.sessionToken, org: org.slug, connection: id, path: WHO }
    const readers = await Promise.all(
      [67, 67, 66].map((count) => startReaders({ ...task, readers: count }, { COALESCE_REFRESH })),
    )
    expect(await storm(readers)).toEqual({ good: 200, failures: [] })
    expect(await called(TOKEN)).toBe(1)
    expect(await standing(org, id)).toEqual(['connected', null])
  },
  60_000,
)

test.each([
  ['is refused for a passing reason', { status: 429, headers: { 'retry-after': '30' }, body: {} }],
  ['is not answered', { status: 503 }],
  ['is refused for a mistake of ours', { status: 401, body: { object: 'error', status: 401, code: 'invalid_client' } }],
])(
  '7: where the renewal of a refused token %s, the connection is not taken for dead and recovers by itself',
  async (_, fault) => {
    const org = await newOrganization()
    const id = await endedConnection(org)
    await sandbox.control.faults([{ provider: 'notion', path: TOKEN, ...fault }])
    await expect(who(org, id)).rejects.toMatchObject({ failure: 'unavailable' })
    const asked = await called(TOKEN)
    await expect(who(org, id)).rejects.toMatchObject({ failure: 'unavailable' })
    expect(await called(TOKEN)).toBe(asked)
    expect(await standing(org, id)).toEqual(['connected', 'refresh_retrying'])
    await sandbox.control.clearFaults()
    await retryNow(org)
    expect(await who(org, id)).toBe('bot')
    expect(await standing(org, id)).toEqual(['connected', null])
  },
)

test('8: what renews it is refused too: one call, and somebody has to connect it again', async () => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  await sandbox.control.revoke({ provider: 'notion', account: 'dana@acme' })
  await expect(who(org, id)).rejects.toMatchObject({ failure: 'revoked' })
  await expect(who(org, id)).rejects.toMatchObject({ kind: 'not-connected' })
  expect(await called(TOKEN)).toBe(1)
  expect(await standing(org, id)).toEqual(['needs_reauth', 'refresh_refused'])
})

test('an older installation has nothing to renew with: the refusal of its token is the end of it', async () => {
  const org = await newOrganization()
  await sandbox.control.set({ provider: 'notion', refreshTokens: false })
  const id = await endedConnection(org)
  expect(await credential(org)).toMatchObject({ refreshable: false })
  await expect(who(org, id)).rejects.toMatchObject({ failure: 'expired' })
  expect([await called(TOKEN), await standing(org, id)]).toEqual([0, ['needs_reauth', 'token_refused']])
})

test('reconnecting ends what the same person gave before, and costs the connection nothing', async () => {
  const org = await newOrganization()
  await sandbox.control.set({ provider: 'notion', reauthorize: 'ends-all' })
  const id = await connected(org)
  expect(await connected(org)).toBe(id)
  expect(await who(org, id)).toBe('bot')
  await sandbox.control.set({ provider: 'notion', endAccess: { account: 'dana@acme' } })
  expect(await who(org, id)).toBe('bot')
})
