import { expect, test } from 'vitest'
import { z } from 'zod'
import { findConnection } from '#lib/connections/queries.ts'
import { probe } from '#lib/connections/verify.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import {
  ATLASSIAN_TOKEN,
  auditIn,
  connectBoth,
  connectOne,
  credentialsIn,
  DANA,
  noticesIn,
  standingsIn,
  tokenCallsAt,
} from '#tests/support/atlassian.ts'
import { newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { startReaders, storm } from '#tests/support/readers.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const WHO = { jira: '/rest/api/3/myself', confluence: '/wiki/rest/api/user/current' }
const Account = z.object({ accountId: z.string() })

/** Both products on one grant whose access token has ended. */
async function endedGrant(org: TestOrganization) {
  await sandbox.control.set({ provider: 'jira', tokenSeconds: 1 })
  const ids = await connectBoth(org.owner)
  await sandbox.control.set({ provider: 'jira', tokenSeconds: 3600 })
  await new Promise((resolve) => setTimeout(resolve, 1100))
  await sandbox.control.clearLog()
  return ids
}

/** Both products on one grant whose access token lives ten minutes more. */
async function dueGrant(org: TestOrganization) {
  const ids = await connectBoth(org.owner)
  await sandbox.control.clearLog()
  return { ...ids, restore: shiftClock(50 * 60_000) }
}

const ask = ({ owner }: TestOrganization, id: string, product: keyof typeof WHO) =>
  withConnection(owner.actor, id, (api) => api(WHO[product], { schema: Account }))
const statuses = async (org: TestOrganization) => (await standingsIn(org)).map(({ status }) => status)
const retryNow = ({ owner }: TestOrganization) =>
  withOrg(owner.actor, (db) => db.credential.updateMany({ where: {}, data: { retryAt: null } }))

test.each(['on', 'off'])(
  '5: two hundred readers of both products, over three processes, cause one refresh of the one grant (readers share it: %s)',
  async (COALESCE_REFRESH) => {
    const org = await newOrganization()
    const { jira, confluence } = await endedGrant(org)
    await sandbox.control.set({ provider: 'jira', burst: { GET: 1000 } })
    const of = { session: org.owner.person.sessionToken, org: org.slug }
    const readers = await Promise.all([
      startReaders({ ...of, connection: jira, path: WHO.jira, readers: 67 }, { COALESCE_REFRESH }),
      startReaders({ ...of, connection: confluence, path: WHO.confluence, readers: 67 }, { COALESCE_REFRESH }),
      startReaders({ ...of, connection: jira, path: WHO.jira, readers: 66 }, { COALESCE_REFRESH }),
    ])
    expect(await storm(readers)).toEqual({ good: 200, failures: [] })
    expect(await tokenCallsAt(sandbox)).toHaveLength(1)
    expect(await statuses(org)).toEqual(['connected', 'connected'])
  },
  60_000,
)

test('the token is renewed a quarter of an hour before its end, for both at once, and the new refresh token works next', async () => {
  const org = await newOrganization()
  const { jira, confluence, restore } = await dueGrant(org)
  try {
    await ask(org, jira, 'jira')
    await ask(org, confluence, 'confluence')
    expect(await tokenCallsAt(sandbox)).toHaveLength(1)
  } finally {
    restore()
  }
  const later = shiftClock(100 * 60_000)
  try {
    await ask(org, confluence, 'confluence')
    expect((await tokenCallsAt(sandbox)).map(({ status }) => status)).toEqual([200, 200])
  } finally {
    later()
  }
})

test('earlier than that nothing is renewed; a token that lives shorter is renewed halfway', async () => {
  const org = await newOrganization()
  const { jira } = await connectBoth(org.owner)
  await sandbox.control.clearLog()
  const early = shiftClock(40 * 60_000)
  await ask(org, jira, 'jira').finally(early)
  expect(await tokenCallsAt(sandbox)).toHaveLength(0)
  await sandbox.control.set({ provider: 'jira', tokenSeconds: 600 })
  await connectOne(org.owner, 'jira')
  await sandbox.control.clearLog()
  const beforeHalf = shiftClock(280_000)
  await ask(org, jira, 'jira').finally(beforeHalf)
  expect(await tokenCallsAt(sandbox)).toHaveLength(0)
  const afterHalf = shiftClock(310_000)
  await ask(org, jira, 'jira').finally(afterHalf)
  expect(await tokenCallsAt(sandbox)).toHaveLength(1)
})

test.each([
  ['an outage', { status: 503 }],
  ['a page instead of an answer', { status: 502, body: '<html></html>' }],
  ['an answer that was lost before it took effect', { drop: 'before' as const }],
  ['an answer that was lost after it took effect', { drop: 'after' as const }],
  ['a wrong client secret', { status: 401, body: { error: 'access_denied', error_description: 'Unauthorized' } }],
])('7: %s while the token lives: both are served, stay Connected, and recover by themselves', async (_, fault) => {
  const org = await newOrganization()
  const { jira, confluence, restore } = await dueGrant(org)
  try {
    await sandbox.control.faults([{ provider: 'jira', path: ATLASSIAN_TOKEN, times: 1, ...fault }])
    await ask(org, jira, 'jira')
    await ask(org, confluence, 'confluence')
    expect(await tokenCallsAt(sandbox)).toHaveLength(1)
    expect(await statuses(org)).toEqual(['connected', 'connected'])
    await retryNow(org)
    await ask(org, confluence, 'confluence')
    expect((await tokenCallsAt(sandbox)).at(-1)).toMatchObject({ status: 200 })
    expect(await credentialsIn(org)).toMatchObject([{ failures: 0, retryAt: null, sentAt: null, leaseId: null }])
    expect(await noticesIn(org)).toBe(0)
  } finally {
    restore()
  }
})

test('7: an outage after the token has ended: nobody is served, nothing is given up, and it works when the provider does', async () => {
  const org = await newOrganization()
  const { jira, confluence } = await endedGrant(org)
  await sandbox.control.faults([{ provider: 'jira', path: ATLASSIAN_TOKEN, status: 503, times: 1 }])
  await expect(ask(org, jira, 'jira')).rejects.toThrow('unavailable')
  await expect(ask(org, confluence, 'confluence')).rejects.toThrow('unavailable')
  expect(await tokenCallsAt(sandbox)).toHaveLength(1)
  expect(await statuses(org)).toEqual(['connected', 'connected'])
  await retryNow(org)
  await ask(org, confluence, 'confluence')
  await ask(org, jira, 'jira')
  expect(await tokenCallsAt(sandbox)).toHaveLength(2)
})

test.each([
  ['the grant was ended at Atlassian', () => sandbox.control.revoke({ provider: 'jira', account: DANA })],
  [
    'the refresh token is not known there',
    () =>
      sandbox.control.faults([
        {
          provider: 'jira',
          path: ATLASSIAN_TOKEN,
          status: 403,
          body: { error: 'unauthorized_client', error_description: 'refresh_token is invalid' },
        },
      ]),
  ],
])('8: %s: one call, one change and one notice for each product, and recovery on reconnect', async (_, end) => {
  const org = await newOrganization()
  const { jira, confluence } = await endedGrant(org)
  await end()
  await expect(ask(org, jira, 'jira')).rejects.toThrow('revoked')
  await expect(ask(org, confluence, 'confluence')).rejects.toThrow('connected again')
  expect(await tokenCallsAt(sandbox)).toHaveLength(1)
  expect(await statuses(org)).toEqual(['expired', 'expired'])
  expect((await auditIn(org)).slice(2).sort()).toEqual(['connection.expired confluence', 'connection.expired jira'])
  expect(await noticesIn(org)).toBe(2)
  await sandbox.control.clearFaults()
  await connectOne(org.owner, 'confluence')
  await probe(org.owner.actor, jira)
  expect(await statuses(org)).toEqual(['connected', 'connected'])
  await ask(org, jira, 'jira')
})

test('a 401 for a missing permission is never answered with a refresh', async () => {
  const org = await newOrganization()
  const { jira, confluence } = await connectBoth(org.owner)
  const granted = await Promise.all([jira, confluence].map((id) => findConnection(org.owner.actor, id)))
  const grantScopes = granted.flatMap(({ scopes }) => scopes.granted).filter((name) => !name.includes('board'))
  await sandbox.control.set({ provider: 'jira', grantScopes })
  await connectBoth(org.owner)
  await sandbox.control.clearLog()
  const boards = withConnection(org.owner.actor, jira, (api) => api('/rest/agile/1.0/board', { schema: z.unknown() }))
  await expect(boards).rejects.toMatchObject({ failure: 'scope' })
  expect(await tokenCallsAt(sandbox)).toHaveLength(0)
  expect(await statuses(org)).toEqual(['connected', 'connected'])
})
