import { expect, test } from 'vitest'
import { z } from 'zod'
import { configure } from '#lib/connections/configure.ts'
import { findConnection } from '#lib/connections/queries.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { withOrg } from '#lib/platform/db.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { startReaders, storm } from '#tests/support/readers.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const TOKEN = '/slack-web/api/oauth.v2.access'

const turn = (org: TestOrganization, isOn: boolean) =>
  configure(org.owner.actor, 'slack', { options: { message_search: isOn } })

/** A connection at an app that rotates its tokens, whose two access tokens have ended. */
async function endedConnection(org: TestOrganization): Promise<string> {
  await sandbox.control.set({ provider: 'slack', tokenRotation: true, tokenSeconds: 1 })
  await turn(org, true)
  const { connection } = await connect(org.owner, {
    provider: 'slack',
    slot: 'organization',
    account: 'dana@acme-corp',
  })
  if (!connection) throw new Error('not connected')
  await sandbox.control.set({ provider: 'slack', tokenSeconds: 43_200 })
  await new Promise((resolve) => setTimeout(resolve, 1100))
  await sandbox.control.clearLog()
  return connection.id
}

const tokenCalls = async () => (await sandbox.control.log()).filter(({ path }) => path === TOKEN).length
const who = (org: TestOrganization, id: string, asSecond = false) =>
  withConnection(org.owner.actor, id, async (api) => {
    const ask = { method: 'POST', form: {}, schema: z.object({ user: z.string() }) }
    return (await api('/auth.test', asSecond ? { ...ask, asSecond } : ask)).user
  })
const standing = async (org: TestOrganization, id: string) => {
  const { status, signal, reason } = await findConnection(org.owner.actor, id)
  return { status, signal, reason }
}
const fine = { status: 'connected', signal: 'green', reason: null }
const searchMissing = { status: 'connected', signal: 'amber', reason: '1 permission missing: message search' }
const refuse = (turns: { first?: 'passes'; times?: number; error: string }) => [
  ...(turns.first ? [{ provider: 'slack', path: TOKEN, delayMs: 1, times: 1 }] : []),
  {
    provider: 'slack',
    path: TOKEN,
    status: 200,
    body: { ok: false, error: turns.error },
    ...(turns.times ? { times: turns.times } : {}),
  },
]

test('both tokens are renewed, each by itself, before they are used', async () => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  expect(await who(org, id)).toBe('plugboard')
  expect(await who(org, id, true)).toBe('dana')
  expect(await tokenCalls()).toBe(2)
  expect(await standing(org, id)).toEqual(fine)
})

test('5: two hundred readers over three processes cause one renewal of each token, and all are answered', async () => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  const task = { session: org.owner.person.sessionToken, org: org.slug, connection: id, path: '/auth.test' }
  const readers = await Promise.all([
    startReaders({ ...task, readers: 67 }),
    startReaders({ ...task, readers: 67, asSecond: true }),
    startReaders({ ...task, readers: 66, asSecond: true }, { COALESCE_REFRESH: 'off' }),
  ])
  expect(await storm(readers)).toEqual({ good: 200, failures: [] })
  expect(await tokenCalls()).toBe(2)
}, 60_000)

test('while nothing asks for the person’s token it is not renewed, and not lost', async () => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  await turn(org, false)
  expect(await who(org, id)).toBe('plugboard')
  expect(await tokenCalls()).toBe(1)
  await turn(org, true)
  expect(await who(org, id, true)).toBe('dana')
  expect(await tokenCalls()).toBe(2)
})

test('a person’s token that is not renewed any more is dropped: search is missing, the connection is none the worse', async () => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  await sandbox.control.faults(refuse({ first: 'passes', error: 'invalid_refresh_token' }))
  expect(await who(org, id)).toBe('plugboard')
  expect(await standing(org, id)).toEqual(searchMissing)
  await sandbox.control.clearFaults()
  const before = await tokenCalls()
  await expect(who(org, id, true)).rejects.toMatchObject({ failure: 'scope' })
  expect(await who(org, id)).toBe('plugboard')
  expect(await tokenCalls()).toBe(before)
  expect(await standing(org, id)).toEqual(searchMissing)
})

test('a passing fault while the person’s token is renewed keeps nothing back but the search', async () => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  await sandbox.control.faults(refuse({ first: 'passes', error: 'internal_error', times: 1 }))
  expect(await who(org, id)).toBe('plugboard')
  await expect(who(org, id, true)).rejects.toMatchObject({ failure: 'scope' })
  await withOrg(org.owner.actor, (db) => db.credential.updateMany({ where: {}, data: { retryAt: null } }))
  expect(await who(org, id, true)).toBe('dana')
  expect((await findConnection(org.owner.actor, id)).status).toBe('connected')
})

test('an app’s token that is not renewed any more ends the connection', async () => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  await sandbox.control.faults(refuse({ error: 'invalid_refresh_token' }))
  await expect(who(org, id)).rejects.toMatchObject({ failure: 'revoked' })
  expect(await standing(org, id)).toMatchObject({ status: 'expired' })
})

test('a person’s token that ends between two reads is renewed when Slack says so', async () => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  expect(await who(org, id, true)).toBe('dana')
  const ended = { ok: false, error: 'token_expired' }
  await sandbox.control.faults([
    { provider: 'slack', path: '/slack-web/api/auth.test', status: 200, body: ended, times: 1 },
  ])
  expect(await who(org, id, true)).toBe('dana')
  expect(await tokenCalls()).toBe(3)
  expect(await standing(org, id)).toEqual(fine)
})
