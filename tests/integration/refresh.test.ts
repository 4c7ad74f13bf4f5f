import { expect, test } from 'vitest'
import { z } from 'zod'
import { withConnection } from '#lib/connections/with-connection.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { withOrg, withSystem } from '#lib/platform/db.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { startReaders, storm } from '#tests/support/readers.ts'
import { TOKEN_PATH, withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

/** A connection whose access token has ended, at a provider that rotates: the next reader has to refresh. */
async function expiredConnection(org: TestOrganization): Promise<string> {
  await sandbox.control.set({ provider: 'github', expiringTokens: true, tokenSeconds: 1 })
  const { connection } = await connect(org.owner)
  if (!connection) throw new Error('not connected')
  await sandbox.control.set({ provider: 'github', tokenSeconds: 28_800 })
  await new Promise((resolve) => setTimeout(resolve, 1100))
  await sandbox.control.clearLog()
  return connection.id
}

async function readersOf(
  org: TestOrganization,
  connection: string,
  counts: number[],
  env: Record<string, string> = {},
) {
  const { person } = org.owner
  return Promise.all(
    counts.map((readers) => startReaders({ session: person.sessionToken, org: org.slug, connection, readers }, env)),
  )
}
const tokenCalls = async () => (await sandbox.control.log()).filter(({ path }) => path === TOKEN_PATH)
const statusOf = (id: string) =>
  withSystem('shared grant', (db) =>
    db.connection.findUniqueOrThrow({ where: { id }, select: { status: true, reasonCode: true } }),
  )

test('5: 200 readers over three processes cause one refresh, and all are answered', async () => {
  const org = await newOrganization()
  const id = await expiredConnection(org)
  const outcome = await storm(await readersOf(org, id, [67, 67, 66]))
  expect(outcome).toEqual({ good: 200, failures: [] })
  expect(await tokenCalls()).toHaveLength(1)
})

test('5: one refresh also when the processes do not share it among their own readers', async () => {
  const org = await newOrganization()
  const id = await expiredConnection(org)
  const outcome = await storm(await readersOf(org, id, [67, 67, 66], { COALESCE_REFRESH: 'off' }))
  expect(outcome).toEqual({ good: 200, failures: [] })
  expect(await tokenCalls()).toHaveLength(1)
}, 60_000)

test('6: a token endpoint slower than every lease is still asked once', async () => {
  const org = await newOrganization()
  const id = await expiredConnection(org)
  await sandbox.control.faults([{ provider: 'github', path: TOKEN_PATH, delayMs: 15_000, times: 1 }])
  const outcome = await storm(await readersOf(org, id, [67, 67, 66]))
  expect(outcome).toEqual({ good: 200, failures: [] })
  expect(await tokenCalls()).toHaveLength(1)
  expect(await statusOf(id)).toEqual({ status: 'connected', reasonCode: null })
}, 60_000)

const me = (org: TestOrganization, id: string) =>
  withConnection(org.owner.actor, id, (api) => api('/user', { schema: z.object({ login: z.string() }) }))
const auditOf = (org: TestOrganization) =>
  withOrg(org.owner.actor, async (db) =>
    (await db.auditEvent.findMany({ orderBy: { sequence: 'asc' } })).map(({ action }) => action),
  )
const noticesOf = (org: TestOrganization) =>
  withOrg(org.owner.actor, async (db) => {
    const rows = await db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM pgboss.job WHERE name = 'connections.notify-broken' AND data->>'organizationId' = ${org.id}`
    return rows[0]?.count
  })
const waitFor = async (what: () => Promise<boolean>) => {
  for (let tries = 0; tries < 400; tries++) {
    if (await what()) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('it did not happen')
}
const retryNow = (org: TestOrganization) =>
  withOrg(org.owner.actor, (db) => db.credential.updateMany({ where: {}, data: { retryAt: null } }))

/** One process leads the refresh and dies while its token call is under way; another one reads meanwhile. */
async function killLeader(fault: { drop: 'before' | 'after' }) {
  const org = await newOrganization()
  const id = await expiredConnection(org)
  await sandbox.control.faults([{ provider: 'github', path: TOKEN_PATH, delayMs: 4000, times: 1, ...fault }])
  const [leader] = await readersOf(org, id, [5])
  const [heir] = await readersOf(org, id, [20])
  if (!leader || !heir) throw new Error('no readers')
  leader.begin()
  await waitFor(async () => (await tokenCalls()).length === 1)
  leader.kill()
  const outcome = await storm([heir])
  return { org, id, outcome }
}

test('6: the leader is killed before the provider took its request: the link lives', async () => {
  const { id, outcome } = await killLeader({ drop: 'before' })
  expect(outcome).toEqual({ good: 20, failures: [] })
  expect(await statusOf(id)).toEqual({ status: 'connected', reasonCode: null })
  expect(await tokenCalls()).toHaveLength(2)
}, 60_000)

test('6: the leader is killed after the provider took its request: one refused call, and the reason is the lost answer', async () => {
  const { org, id, outcome } = await killLeader({ drop: 'after' })
  expect(outcome.good).toBe(0)
  expect(await statusOf(id)).toEqual({ status: 'needs_reauth', reasonCode: 'refresh_answer_lost' })
  expect(await tokenCalls()).toHaveLength(2)
  expect(await noticesOf(org)).toBe(1)
}, 60_000)

/** A connection with a token that still lives but is due to be renewed. */
async function dueConnection(org: TestOrganization): Promise<{ id: string; restore: () => void }> {
  await sandbox.control.set({ provider: 'github', expiringTokens: true })
  const { connection } = await connect(org.owner)
  if (!connection) throw new Error('not connected')
  await sandbox.control.clearLog()
  return { id: connection.id, restore: shiftClock((28_800 - 600) * 1000) }
}

test('7: a refresh that fails while the token lives serves the token, stays Connected, and recovers by itself', async () => {
  const org = await newOrganization()
  const { id, restore } = await dueConnection(org)
  try {
    await sandbox.control.faults([{ provider: 'github', path: TOKEN_PATH, status: 500, times: 1 }])
    expect(await me(org, id)).toEqual({ login: 'dana-k' })
    expect(await me(org, id)).toEqual({ login: 'dana-k' })
    expect(await tokenCalls()).toHaveLength(1)
    expect(await statusOf(id)).toEqual({ status: 'connected', reasonCode: null })
    await retryNow(org)
    expect(await me(org, id)).toEqual({ login: 'dana-k' })
    expect(await tokenCalls()).toHaveLength(2)
    const [credential] = await withOrg(org.owner.actor, (db) => db.credential.findMany())
    expect(credential).toMatchObject({ failures: 0, retryAt: null, sentAt: null, leaseId: null })
  } finally {
    restore()
  }
})

test('6: a lost answer is no refusal: a rotation that killed the old token is noticed before the token is served', async () => {
  const org = await newOrganization()
  const { id, restore } = await dueConnection(org)
  try {
    await sandbox.control.faults([{ provider: 'github', path: TOKEN_PATH, drop: 'after', times: 1 }])
    await expect(me(org, id)).rejects.toThrow('provider failure: revoked')
    expect(await statusOf(id)).toEqual({ status: 'needs_reauth', reasonCode: 'refresh_answer_lost' })
    expect(await tokenCalls()).toHaveLength(2)
  } finally {
    restore()
  }
})

test('6: an answer that was lost before it took effect leaves the old token serving', async () => {
  const org = await newOrganization()
  const { id, restore } = await dueConnection(org)
  try {
    await sandbox.control.faults([{ provider: 'github', path: TOKEN_PATH, drop: 'before', times: 1 }])
    expect(await me(org, id)).toEqual({ login: 'dana-k' })
    expect(await statusOf(id)).toEqual({ status: 'connected', reasonCode: null })
  } finally {
    restore()
  }
})

test('8: a refusal turns the connection within one attempt: one notice, one audit event, no further token calls', async () => {
  const org = await newOrganization()
  const id = await expiredConnection(org)
  await sandbox.control.revoke({ provider: 'github', account: 'dana-k' })
  const outcome = await storm(await readersOf(org, id, [30, 30], { COALESCE_REFRESH: 'off' }))
  expect(outcome.good).toBe(0)
  await expect(me(org, id)).rejects.toThrow('connected again')
  expect(await tokenCalls()).toHaveLength(1)
  expect(await statusOf(id)).toEqual({ status: 'expired', reasonCode: 'refresh_refused' })
  expect(await noticesOf(org)).toBe(1)
  expect((await auditOf(org)).filter((action) => action === 'connection.expired')).toHaveLength(1)
}, 60_000)

test('8: a refusal after a lost race changes nothing: the row is read again and the winner serves', async () => {
  const org = await newOrganization()
  const { id, restore } = await dueConnection(org)
  try {
    // While our refused call is under way, the row moves on: another process has saved a newer grant.
    await sandbox.control.faults([
      {
        provider: 'github',
        path: TOKEN_PATH,
        delayMs: 1500,
        times: 1,
        status: 200,
        body: { error: 'bad_refresh_token' },
      },
    ])
    const reading = me(org, id)
    await waitFor(async () => (await tokenCalls()).length === 1)
    const { connection } = await connect(org.owner)
    expect(await reading).toEqual({ login: 'dana-k' })
    expect(connection?.id).toBe(id)
    expect(await statusOf(id)).toEqual({ status: 'connected', reasonCode: null })
  } finally {
    restore()
  }
})

test('a token revoked at GitHub is noticed at the next read, judged by a second call, and not retried', async () => {
  const org = await newOrganization()
  const { connection } = await connect(org.owner)
  const id = connection?.id ?? ''
  await sandbox.control.revoke({ provider: 'github', account: 'dana-k' })
  await sandbox.control.clearLog()
  await expect(me(org, id)).rejects.toThrow('provider failure: expired')
  expect(await statusOf(id)).toEqual({ status: 'needs_reauth', reasonCode: 'token_refused' })
  expect((await sandbox.control.log()).filter(({ path }) => path === '/github-api/user')).toHaveLength(2)
  expect(await noticesOf(org)).toBe(1)
})
