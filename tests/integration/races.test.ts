import { expect, test } from 'vitest'
import { z } from 'zod'
import { configure } from '#lib/connections/configure.ts'
import { disconnect } from '#lib/connections/disconnect.ts'
import { observeLost } from '#lib/connections/observe.ts'
import { probe, verify } from '#lib/connections/verify.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { hold } from '#lib/vault/hold.ts'
import { refreshUnderLease } from '#lib/vault/refresh.ts'
import { asSuperuser } from '#tests/support/as-superuser.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { startReaders } from '#tests/support/readers.ts'
import type { PlannedFault } from '#tests/support/sandbox.ts'
import { TOKEN_PATH, withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

const USER_PATH = '/github-api/user'
const ENDS_PATH = '/github-api/applications/'
const idOf = ({ connection }: Awaited<ReturnType<typeof connect>>): string => {
  if (!connection) throw new Error('not connected')
  return connection.id
}
const me = (org: TestOrganization, id: string) =>
  withConnection(org.owner.actor, id, (api) => api('/user', { schema: z.object({ login: z.string() }) }))
const rowOf = (org: TestOrganization, id: string) =>
  withOrg(org.owner.actor, (db) => db.connection.findFirst({ where: { id } }))
const credentialsOf = (org: TestOrganization) => withOrg(org.owner.actor, (db) => db.credential.findMany())
const callsTo = async (path: string) => (await sandbox.control.log()).filter((one) => one.path.startsWith(path))
const ends = async () => (await callsTo(ENDS_PATH)).map(({ status }) => status)

async function waitFor(what: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await what()) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('it did not happen')
}

/** Starts `work` and does `meanwhile` while its call to `path`, the first or the `nth`, is under way: the answer waits a while. */
async function during<T>(
  fault: PlannedFault,
  work: () => Promise<T>,
  meanwhile: () => Promise<unknown>,
  nth = 1,
): Promise<T> {
  await sandbox.control.clearLog()
  await sandbox.control.faults([{ provider: 'github', delayMs: 1500, times: 1, ...fault }])
  const working = work()
  let hasFailed = false
  working.catch(() => {
    hasFailed = true
  })
  await waitFor(async () => hasFailed || (await callsTo(fault.path.replace('**', ''))).length >= nth)
  if (hasFailed) return working
  await meanwhile()
  return working
}

/** A connection at a provider that rotates, whose access token has ended. */
async function endedConnection(org: TestOrganization): Promise<string> {
  await sandbox.control.set({ provider: 'github', expiringTokens: true, tokenSeconds: 1 })
  const id = idOf(await connect(org.owner))
  await sandbox.control.set({ provider: 'github', tokenSeconds: 28_800 })
  await new Promise((resolve) => setTimeout(resolve, 1100))
  await sandbox.control.clearLog()
  return id
}

/** Does `work` with a connection whose token lives and is due to be renewed. */
async function whenDue(org: TestOrganization, work: (id: string) => Promise<void>): Promise<void> {
  await sandbox.control.set({ provider: 'github', expiringTokens: true })
  const id = idOf(await connect(org.owner))
  await sandbox.control.clearLog()
  const restore = shiftClock((28_800 - 600) * 1000)
  await work(id).finally(restore)
}

test('a probe under way does not bring a connection back that was disconnected meanwhile', async () => {
  const org = await newOrganization()
  const id = idOf(await connect(org.owner))
  const { actor } = org.owner
  const view = await during(
    { path: USER_PATH, after: true },
    () => verify(actor, id),
    () => disconnect(actor, id, true),
  )
  expect(view).toMatchObject({ status: 'disconnected', signal: 'gray' })
  expect(await rowOf(org, id)).toMatchObject({ status: 'disconnected', reasonCode: 'forced', verifiedAt: null })
})

test('what a probe learned of the old token says nothing of the one connected meanwhile', async () => {
  const org = await newOrganization()
  const id = idOf(await connect(org.owner))
  const fault = { path: USER_PATH, status: 403, body: { message: 'Forbidden' } }
  const probing = () => probe(org.owner.actor, id)
  await during(fault, probing, () => connect(org.owner))
  expect(await rowOf(org, id)).toMatchObject({ status: 'connected', reasonCode: null })
})

test('a refusal of the old token does not turn the one connected meanwhile', async () => {
  const org = await newOrganization()
  const id = idOf(await connect(org.owner))
  const refused = { provider: 'github', path: USER_PATH, status: 401, body: { message: 'Bad credentials' } }
  await sandbox.control.faults([{ ...refused, times: 1 }])
  const reading = () => me(org, id)
  const judged = during(refused, reading, () => connect(org.owner), 2)
  await expect(judged).rejects.toMatchObject({ failure: 'expired' })
  expect(await rowOf(org, id)).toMatchObject({ status: 'connected', reasonCode: null })
})

test('two connections on one account disconnected together: the last one out revokes and wipes', async () => {
  const org = await newOrganization()
  const own = idOf(await connect(org.owner))
  const shared = idOf(await connect(org.owner, { slot: 'organization', account: 'dana-k' }))
  await sandbox.control.clearLog()
  const said = await Promise.all([own, shared].map((id) => disconnect(org.owner.actor, id)))
  expect(said.map(({ revocation }) => revocation).sort()).toEqual(['kept_for_another_connection', 'revoked'])
  expect(await credentialsOf(org)).toMatchObject([{ sealed: null }])
  expect(await ends()).toEqual([204])
})

test('who connects again while a disconnect is under way stays connected', async () => {
  const org = await newOrganization()
  const id = idOf(await connect(org.owner))
  const leaving = () => disconnect(org.owner.actor, id)
  const overtaken = during({ path: `${ENDS_PATH}**`, after: true }, leaving, () => connect(org.owner))
  await expect(overtaken).rejects.toMatchObject({ kind: 'conflict' })
  expect(await rowOf(org, id)).toMatchObject({ status: 'connected', reasonCode: null })
  expect(await me(org, id)).toEqual({ login: 'dana-k' })
})

test('a disconnect during a refresh ends the token that the refresh brings, not the one it replaces', async () => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  let said: Awaited<ReturnType<typeof disconnect>> | undefined
  const reading = during(
    { path: TOKEN_PATH },
    () => me(org, id),
    async () => {
      said = await disconnect(org.owner.actor, id)
    },
  )
  await reading.catch(() => undefined) // in time or too late
  expect(said?.revocation).toBe('revoked')
  expect(await ends()).toEqual([204])
  expect(await credentialsOf(org)).toMatchObject([{ sealed: null }])
})

test('a disconnect waits also for the refresh of a token that still lives', async () => {
  const org = await newOrganization()
  await whenDue(org, async (id) => {
    let said: Awaited<ReturnType<typeof disconnect>> | undefined
    const reading = during(
      { path: TOKEN_PATH, after: true },
      () => me(org, id),
      async () => {
        said = await disconnect(org.owner.actor, id)
      },
    )
    await reading.catch(() => undefined) // in time or too late
    expect(said?.revocation).toBe('revoked')
    expect(await ends()).toEqual([204])
  })
})

test('a disconnect that must renew first is not thrown by a grant that moved on meanwhile', async () => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  const said = await during(
    { path: TOKEN_PATH },
    () => disconnect(org.owner.actor, id),
    () => connect(org.owner, { slot: 'organization', account: 'dana-k' }),
  )
  expect(said).toMatchObject({ revocation: 'kept_for_another_connection', connection: { status: 'disconnected' } })
  expect((await credentialsOf(org))[0]?.sealed).not.toBeNull()
})

test('a disconnect takes ten seconds at most, also when a token has to be renewed for it', async () => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  await sandbox.control.faults([{ provider: 'github', path: TOKEN_PATH, delayMs: 20_000 }])
  const began = Date.now()
  expect((await disconnect(org.owner.actor, id)).revocation).toBe('not_confirmed')
  expect(Date.now() - began).toBeLessThan(12_000)
}, 60_000)

test('a refusal that comes to somebody whose lease has ended is not the last word', async () => {
  const org = await newOrganization()
  await whenDue(org, async (id) => {
    const refused = { path: TOKEN_PATH, status: 200, body: { error: 'bad_refresh_token' } }
    const reading = () => me(org, id)
    const answer = await during(refused, reading, () =>
      withOrg(org.owner.actor, (db) =>
        db.credential.updateMany({
          where: {},
          data: { leaseId: crypto.randomUUID(), leaseUntil: new Date(Date.now() + 60_000) },
        }),
      ),
    )
    expect(answer).toEqual({ login: 'dana-k' })
    expect(await rowOf(org, id)).toMatchObject({ status: 'connected', reasonCode: null })
    expect(await credentialsOf(org)).toMatchObject([{ refreshable: true }])
  })
})

test('a token endpoint that fails fast is asked once in each pause, however many read', async () => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  await sandbox.control.faults([{ provider: 'github', path: TOKEN_PATH, status: 500 }])
  const { sessionToken: session } = org.owner.person
  const task = { session, org: org.slug, connection: id, readers: 25 }
  const readers = await Promise.all([1, 2].map(() => startReaders(task, { COALESCE_REFRESH: 'off' })))
  for (const one of readers) one.begin()
  const reports = await Promise.all(readers.map(({ report }) => report))
  expect(reports.map((report) => report?.good)).toEqual([0, 0])
  const at = (await callsTo(TOKEN_PATH)).map((call) => Date.parse(call.at))
  expect(at.length).toBeGreaterThan(0)
  for (const [index, time] of at.slice(1).entries()) expect(time - (at[index] ?? 0)).toBeGreaterThan(3900)
}, 60_000)

test('a server whose client is missing takes no lease and serves the token while it lives', async () => {
  const org = await newOrganization()
  const { actor } = org.owner
  await whenDue(org, async (id) => {
    const held = await hold(actor, id)
    const provider = { ...held.provider, endpoints: () => ({ api: 'http://127.0.0.1' }) }
    expect(await refreshUnderLease(actor, { ...held, provider }, observeLost)).toMatchObject({ version: held.version })
    expect(await credentialsOf(org)).toMatchObject([{ leaseId: null, sentAt: null }])
  })
})

test('a database that fails once right after a rotation does not lose the new token', async () => {
  const org = await newOrganization()
  const id = await endedConnection(org)
  await asSuperuser(async (client) => {
    await client.query(`
      CREATE SEQUENCE stumble; GRANT USAGE ON SEQUENCE stumble TO PUBLIC;
      CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF nextval('stumble') = 1 THEN RAISE 'stumbled'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER stumble BEFORE UPDATE ON "Credential" FOR EACH ROW WHEN (NEW.version > OLD.version)
        EXECUTE FUNCTION stumble()`)
    try {
      expect(await me(org, id)).toEqual({ login: 'dana-k' })
    } finally {
      await client.query('DROP TRIGGER stumble ON "Credential"; DROP FUNCTION stumble; DROP SEQUENCE stumble')
    }
  })
  expect(await callsTo(TOKEN_PATH)).toHaveLength(1)
})

test('a token endpoint that asks us to wait is obeyed, and its answer is not taken for a lost one', async () => {
  const org = await newOrganization()
  await whenDue(org, async (id) => {
    const fault = { provider: 'github', path: TOKEN_PATH, status: 429, headers: { 'retry-after': '900' }, times: 1 }
    await sandbox.control.faults([fault])
    expect(await me(org, id)).toEqual({ login: 'dana-k' })
    const [credential] = await credentialsOf(org)
    expect(credential).toMatchObject({ sentAt: null, leaseId: null })
    const pause = (credential?.retryAt?.getTime() ?? 0) - Date.now() - (28_800 - 600) * 1000
    expect(pause).toBeGreaterThan(880_000)
    expect(await callsTo(USER_PATH)).toHaveLength(1)
  })
})

test('a provider that was turned off answers nobody, and is not asked', async () => {
  const org = await newOrganization()
  const id = idOf(await connect(org.owner))
  await configure(org.owner.actor, 'github', { enabled: false })
  await sandbox.control.clearLog()
  await expect(me(org, id)).rejects.toThrow('turned off')
  await probe(org.owner.actor, id)
  expect(await sandbox.control.log()).toEqual([])
  expect(await rowOf(org, id)).toMatchObject({ status: 'connected' })
  await configure(org.owner.actor, 'github', { enabled: true })
  expect(await me(org, id)).toEqual({ login: 'dana-k' })
})

test('first connects for one slot that come back together all succeed, and the later one counts', async () => {
  const org = await newOrganization()
  const made = await Promise.all([1, 2, 3, 4].map(() => connect(org.owner)))
  expect(made.map(({ attempt }) => attempt.status)).toEqual(Array(4).fill('succeeded'))
  expect(new Set(made.map(idOf)).size).toBe(1)
  expect(await credentialsOf(org)).toMatchObject([{ version: 4 }])
})

test('of two accounts connected together for one slot one stands, and no token of the other is left', async () => {
  const org = await newOrganization()
  const accounts = ['dana-k', 'lee-p']
  await Promise.all(accounts.map((account) => connect(org.owner, { account })))
  const sealed = (await credentialsOf(org)).filter((credential) => credential.sealed !== null)
  expect(sealed).toHaveLength(1)
})
