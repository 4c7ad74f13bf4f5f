// What breaks between a provider's answer and the connection ends at a page of ours, and the grant does not live on.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { cancelAttempt } from '#lib/attempts/cancel.ts'
import { chooseAccount } from '#lib/attempts/choose-account.ts'
import { purge } from '#lib/attempts/purge.ts'
import { findAttempt } from '#lib/attempts/queries.ts'
import { startConnect } from '#lib/attempts/start.ts'
import { configure } from '#lib/connections/configure.ts'
import { disconnect } from '#lib/connections/disconnect.ts'
import { listConnections } from '#lib/connections/queries.ts'
import { shiftClock, withClockShifted } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { browserCookieName, sessionCookieName } from '#lib/tenancy/read-session.ts'
import { sealSession } from '#lib/tenancy/seal-session.ts'
import { asSuperuser } from '#tests/support/as-superuser.ts'
import { dispatch } from '#tests/support/dispatch.ts'
import { connect, newBrowser, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const TEN_MINUTES_MS = 10 * 60 * 1000
const TWO_DAYS_MS = 2 * 86_400_000

const ENDINGS = ['revoke', 'apps.uninstall', 'auth.revoke']
/** What the providers were asked to end. */
const ended = async () =>
  (await sandbox.control.log()).flatMap(({ method, path, status }) => {
    const last = path.split('/').at(-1) ?? ''
    return method === 'DELETE' || ENDINGS.includes(last) ? [`${last} ${status}`] : []
  })
const rowOf = ({ owner }: TestOrganization, id: string) =>
  withOrg(owner.actor, (db) => db.connectAttempt.findFirstOrThrow({ where: { id } }))

/** While this works, the database breaks at writes of these kinds. */
async function whileBroken(writes: { table: string; write: string; when?: string }[], work: () => Promise<void>) {
  await asSuperuser(async (client) => {
    await client.query(
      "CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'stumbled'; END $$",
    )
    for (const { table, write, when = 'true' } of writes)
      await client.query(
        `CREATE TRIGGER stumble BEFORE ${write} ON "${table}" FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION stumble()`,
      )
    try {
      await work()
    } finally {
      await client.query('DROP FUNCTION stumble CASCADE')
    }
  })
}

const github = { provider: 'github', slot: 'user', account: 'dana-k' } as const // as const: a slot's name
const google = { provider: 'google-docs', slot: 'user', account: 'dana@acme.example' } as const // as const: a slot's name
const slack = { provider: 'slack', slot: 'organization', account: 'dana@acme-corp' } as const // as const: a slot's name

/** An attempt that was answered at its provider: the address the browser comes back to. */
async function answered(
  { owner: { person, actor } }: TestOrganization,
  { provider, slot, account }: typeof github | typeof google | typeof slack = github,
) {
  const [attempt, browser] = [randomUUID(), newBrowser()]
  const started = await startConnect(actor, { provider, slot, attempt, via: 'form', browser })
  const address = await sandbox.consent(started.authorizeUrl, { account })
  const session = await sealSession(person.sessionToken)
  const cookie = `${sessionCookieName()}=${session}; ${browserCookieName()}=${browser}`
  const comeBack = async (url = address) => {
    const response = await dispatch(new Request(url, { headers: { cookie, 'x-forwarded-for': '203.0.113.9' } }))
    const { pathname, search } = new URL(response.headers.get('location') ?? '', address)
    return { status: response.status, page: pathname + search }
  }
  return { attempt, comeBack }
}

const connections = { table: 'Connection', write: 'INSERT' }

test('a database that breaks after the exchange ends the attempt on its page, and the grant at GitHub', async () => {
  const org = await newOrganization()
  const { attempt, comeBack } = await answered(org)
  await whileBroken([connections], async () => {
    expect(await comeBack()).toEqual({ status: 303, page: `/connect/result/${attempt}` })
  })
  expect(await findAttempt(org.owner.actor, attempt)).toMatchObject({
    status: 'failed',
    problem: { kind: 'unexpected', detail: "Connecting GitHub didn't work. Connect again." },
  })
  expect(await rowOf(org, attempt)).toMatchObject({ grant: null, verifier: null })
  expect(await ended()).toEqual(['grant 204'])
})

test('where even the end cannot be written, the tab ends on a page, and the grant is ended once the time is up', async () => {
  const org = await newOrganization()
  const { attempt, comeBack } = await answered(org)
  const failing = { table: 'ConnectAttempt', write: 'UPDATE', when: "NEW.status = 'failed'" }
  await whileBroken([connections, failing], async () => {
    expect(await comeBack()).toEqual({ status: 303, page: '/connect/result/none?problem=unexpected&provider=github' })
  })
  expect(await ended()).toEqual([])
  await withClockShifted(TEN_MINUTES_MS + 1000, purge)
  expect(await findAttempt(org.owner.actor, attempt)).toMatchObject({ status: 'timed_out' })
  expect(await ended()).toEqual(['grant 204'])
})

const holding = { table: 'ConnectAttempt', write: 'UPDATE', when: 'NEW."grant" IS NOT NULL' }

test.for([
  { consent: github, ends: 'grant 204' },
  { consent: google, ends: 'revoke 200' },
  { consent: slack, ends: 'apps.uninstall 200' },
])('a grant that cannot even be held ends at once, whole: $consent.provider', async ({ consent, ends }) => {
  const org = await newOrganization()
  const { attempt, comeBack } = await answered(org, consent)
  await whileBroken([holding], async () => {
    expect(await comeBack()).toEqual({ status: 303, page: `/connect/result/${attempt}` })
  })
  expect(await ended()).toEqual([ends])
})

/** While this works, nobody can ask who else lives on an account. */
async function whileUncounted(work: () => Promise<void>) {
  await asSuperuser(async (client) => {
    await client.query('ALTER TABLE "Connection" RENAME TO "ConnectionAside"')
    try {
      await work()
    } finally {
      await client.query('ALTER TABLE "ConnectionAside" RENAME TO "Connection"')
    }
  })
}

test('where it cannot be asked either whether somebody lives on the account, its token alone ends', async () => {
  const { comeBack } = await answered(await newOrganization())
  await whileBroken([holding], () => whileUncounted(async () => void (await comeBack())))
  expect(await ended()).toEqual(['token 204'])
})

test('a database that stumbles once over holding a grant loses nothing', async () => {
  const org = await newOrganization()
  const { attempt, comeBack } = await answered(org, google)
  await asSuperuser((client) => client.query('CREATE SEQUENCE stumbles; GRANT USAGE ON SEQUENCE stumbles TO PUBLIC'))
  const once = { ...holding, when: `${holding.when} AND nextval('stumbles') = 1` }
  await whileBroken([once], async () => void (await comeBack()))
  const { connectionId, status } = await findAttempt(org.owner.actor, attempt)
  expect([status, await ended()]).toEqual(['succeeded', []])
  await disconnect(org.owner.actor, connectionId ?? '')
})

test('what breaks once the account is known ends there whole, though somebody lives on another account', async () => {
  const [org, other] = [await newOrganization(), await newOrganization('Globex')]
  const { connection } = await connect(other.owner, { ...slack, account: 'sam@globex-labs' })
  const { attempt, comeBack } = await answered(org, slack)
  await whileBroken([connections], async () => void (await comeBack()))
  expect(await findAttempt(org.owner.actor, attempt)).toMatchObject({ problem: { kind: 'unexpected' } })
  expect(await ended()).toEqual(['apps.uninstall 200'])
  await disconnect(other.owner.actor, connection?.id ?? '')
})

/** An attempt that asks its person which of two accounts it is to be. */
async function undecided(org: TestOrganization) {
  await connect(org.owner, { slot: 'organization', account: 'dana-k' })
  const { attempt } = await connect(org.owner, { slot: 'organization', account: 'sam-o' })
  expect(attempt.status).toBe('mismatch')
  await sandbox.control.clearLog()
  return attempt.id
}

test('a choice that breaks ends its attempt, and the new grant; nothing that stood changes', async () => {
  const org = await newOrganization()
  const id = await undecided(org)
  await whileBroken([{ table: 'Connection', write: 'UPDATE' }], async () => {
    const said = await chooseAccount(org.owner.actor, id, 'switch')
    expect(said).toMatchObject({ status: 'failed', problem: { kind: 'unexpected' } })
  })
  expect(await rowOf(org, id)).toMatchObject({ grant: null })
  expect(await ended()).toEqual(['grant 204'])
  expect((await listConnections(org.owner.actor)).map(({ account }) => account.label)).toEqual(['@dana-k'])
})

const turnOff = ({ owner }: TestOrganization) => configure(owner.actor, 'github', { enabled: false })

test.for([
  { what: 'cancelling', status: 'cancelled', end: cancelAttempt },
  { what: 'keeping the old account', status: 'cancelled', choice: 'keep' },
  { what: 'switching where nobody may any more', status: 'failed', choice: 'switch', begin: turnOff },
])('a grant that $what could not end stays sealed until the worker ends it', async ({ status, ...one }) => {
  const org = await newOrganization()
  const id = await undecided(org)
  await one.begin?.(org)
  const end = () => (one.end ? one.end(org.owner.actor, id) : chooseAccount(org.owner.actor, id, one.choice))
  const uncounted = () => whileUncounted(async () => void (await end().catch(() => undefined))) // what is answered: elsewhere
  await withClockShifted(TEN_MINUTES_MS - 30_000, uncounted)
  expect(await rowOf(org, id)).toMatchObject({ status, grant: expect.any(String) })
  await withClockShifted(TEN_MINUTES_MS + 5000, purge) // whoever ended it may be about to empty it
  expect(await ended()).toEqual([])
  await withClockShifted(TEN_MINUTES_MS + 60_000, purge)
  await withClockShifted(TEN_MINUTES_MS + 120_000, purge)
  expect(await rowOf(org, id)).toMatchObject({ status, grant: null })
  expect(await ended()).toEqual(['grant 204'])
})

test('a late second answer does not write over what the first one became', async () => {
  const org = await newOrganization()
  const { attempt, comeBack } = await answered(org)
  await asSuperuser(async (client) => {
    await client.query('BEGIN')
    const first = `UPDATE "ConnectAttempt" SET status = 'succeeded', "consumedAt" = now() WHERE id = $1`
    await client.query(first, [attempt])
    const second = comeBack() // it has looked the attempt up and waits for the first
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    await expect.poll(async () => (await client.query(waiting)).rowCount, { timeout: 10_000 }).toBe(1)
    const restore = shiftClock(TEN_MINUTES_MS + 1000)
    await client.query('COMMIT')
    await second.finally(restore)
  })
  expect(await rowOf(org, attempt)).toMatchObject({ status: 'succeeded', problem: null })
})

test('who comes back too often, or to an address that breaks, reads why on a page', async () => {
  const { comeBack } = await answered(await newOrganization())
  const unknown = 'http://localhost:3000/api/callback/github?code=a&state=b'
  await asSuperuser(async (client) => {
    await client.query('ALTER TABLE "ConnectAttempt" RENAME COLUMN "stateHash" TO "stateHashAside"')
    const page = '/connect/result/none?problem=unexpected&provider=github'
    expect(await comeBack(unknown)).toEqual({ status: 303, page })
    await client.query('ALTER TABLE "ConnectAttempt" RENAME COLUMN "stateHashAside" TO "stateHash"')
  })
  for (let n = 0; n < 59; n++) expect((await comeBack(unknown)).page).toContain('problem=state_unknown')
  const page = '/connect/result/none?problem=too-many-requests&provider=github'
  expect(await comeBack()).toEqual({ status: 303, page })
})

test('an attempt that cannot be emptied keeps no other from it', async () => {
  const orgs = [await newOrganization(), await newOrganization(), await newOrganization()]
  const ids = await Promise.all(
    orgs.map(async (org) => {
      await connect(org.owner, { slot: 'organization', account: 'dana-k' })
      return (await connect(org.owner, { slot: 'organization', account: 'sam-o' })).attempt.id
    }),
  )
  const one = { table: 'ConnectAttempt', write: 'UPDATE', when: `NEW.id = '${ids[1]}'` }
  await whileBroken([one], () => withClockShifted(TEN_MINUTES_MS + 1000, purge))
  const held = await Promise.all(orgs.map(async (org, n) => (await rowOf(org, ids[n] ?? '')).grant !== null))
  expect(held).toEqual([false, true, false])
  const kept = () => Promise.all(orgs.map(({ owner }) => withOrg(owner.actor, (db) => db.connectAttempt.count())))
  await whileBroken([one], () => withClockShifted(TWO_DAYS_MS, purge))
  expect(await kept()).toEqual([0, 1, 0])
  await withClockShifted(TWO_DAYS_MS, purge)
  expect(await kept()).toEqual([0, 0, 0])
})
