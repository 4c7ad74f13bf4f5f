import { expect, test } from 'vitest'
import { z } from 'zod'
import { findConnection, findProviderView } from '#lib/connections/queries.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { withOrg } from '#lib/platform/db.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { startReaders, storm } from '#tests/support/readers.ts'
import { DANA } from '#tests/support/sandbox-google.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const TOKEN = '/google-oauth/token'
const WHO = '/oauth2/v3/userinfo'

const connectGoogle = (org: TestOrganization) =>
  connect(org.owner, { provider: 'google-docs', slot: 'user', account: DANA })

/** A connection whose access token has ended: the next reader has to renew it. */
async function endedConnection(org: TestOrganization): Promise<string> {
  await sandbox.control.set({ provider: 'google-docs', tokenSeconds: 1 })
  const { connection } = await connectGoogle(org)
  if (!connection) throw new Error('not connected')
  await sandbox.control.set({ provider: 'google-docs', tokenSeconds: 3599 })
  await new Promise((resolve) => setTimeout(resolve, 1100))
  await sandbox.control.clearLog()
  return connection.id
}
const tokenCalls = async () => (await sandbox.control.log()).filter(({ path }) => path === TOKEN).length
const read = (org: TestOrganization, id: string) =>
  withConnection(
    org.owner.actor,
    id,
    async (api) => (await api(WHO, { schema: z.object({ email: z.string() }) })).email,
  )
const standing = async (org: TestOrganization, id: string) => findConnection(org.owner.actor, id)
const breaks = (org: TestOrganization) =>
  withOrg(org.owner.actor, (db) =>
    db.auditEvent.count({ where: { action: { in: ['connection.revoked', 'connection.expired'] } } }),
  )

test('5: two hundred readers over three processes cause one renewal, and the refresh token stays the one it was', async () => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  const task = { session: org.owner.person.sessionToken, org: org.slug, connection: id, path: WHO }
  const readers = await Promise.all([
    startReaders({ ...task, readers: 67 }),
    startReaders({ ...task, readers: 67 }),
    startReaders({ ...task, readers: 66 }, { COALESCE_REFRESH: 'off' }),
  ])
  expect(await storm(readers)).toEqual({ good: 200, failures: [] })
  expect(await tokenCalls()).toBe(1)
  await sandbox.control.revoke({ provider: 'google-docs', account: DANA, only: 'access_tokens' })
  expect(await read(org, id)).toBe(DANA) // renewed again, with the token that came with the consent
  expect(await tokenCalls()).toBe(2)
}, 60_000)

test.each([
  ['503', { status: 503 }],
  ['429', { status: 429, body: { error: 'rate_limited' } }],
  ['a client that Google does not know', { status: 401, body: { error: 'invalid_client' } }],
])('a renewal that is answered with %s changes nothing for good: afterwards it reads again', async (_, fault) => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  await sandbox.control.faults([{ provider: 'google-docs', path: TOKEN, ...fault, times: 2 }])
  await expect(read(org, id)).rejects.toMatchObject({ failure: 'unavailable' })
  expect(['needs_reauth', 'expired']).not.toContain((await standing(org, id)).status)
  await sandbox.control.clearFaults()
  await withOrg(org.owner.actor, (db) => db.credential.updateMany({ where: {}, data: { retryAt: null } }))
  expect(await read(org, id)).toBe(DANA)
  expect(await breaks(org)).toBe(0)
})

test('access that the person took back is told once and asks to be connected again, which brings the same one back', async () => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  await sandbox.control.revoke({ provider: 'google-docs', account: DANA })
  await Promise.all([1, 2, 3].map(() => expect(read(org, id)).rejects.toMatchObject({ failure: 'revoked' })))
  expect(await standing(org, id)).toMatchObject({
    status: expect.stringMatching(/^(?:needs_reauth|expired)$/),
    reasonCode: 'refresh_refused',
    nextAction: { id: 'reconnect' },
  })
  expect(await breaks(org)).toBe(1)
  const asked = await tokenCalls()
  await expect(read(org, id)).rejects.toThrow('This connection has to be connected again.')
  expect(await tokenCalls()).toBe(asked)
  expect((await connectGoogle(org)).connection).toMatchObject({ id, status: 'connected' })
  expect(await read(org, id)).toBe(DANA)
})

test('quality 6: the access of an app in testing ends after seven days, and then that is explained', async () => {
  const org = await newOrganization()
  await sandbox.control.set({ provider: 'google-docs', publishing: 'testing', testUsers: [DANA] })
  const { connection } = await connectGoogle(org)
  const id = connection?.id ?? ''
  expect(connection?.status).toBe('connected')
  await sandbox.control.clock(6 * 86_400)
  expect(await read(org, id)).toBe(DANA)
  await sandbox.control.clock(86_400 + 60)
  await expect(read(org, id)).rejects.toMatchObject({ failure: 'revoked' })
  const [slot] = (await findProviderView(org.owner.actor, 'google-docs')).slots
  expect(slot?.reason).toBe('Connection invalid: Google Docs no longer renews the token')
  expect(slot?.remedy).toContain(
    'Google ends the access of an app that is still in testing seven days after it was given.',
  )
})
