// What breaks between a provider's answer and the connection ends at a page of ours, and the grant does not live on.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { purge } from '#lib/attempts/purge.ts'
import { findAttempt } from '#lib/attempts/queries.ts'
import { startConnect } from '#lib/attempts/start.ts'
import { withClockShifted } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { browserCookieName, sessionCookieName } from '#lib/tenancy/read-session.ts'
import { sealSession } from '#lib/tenancy/seal-session.ts'
import { asSuperuser } from '#tests/support/as-superuser.ts'
import { dispatch } from '#tests/support/dispatch.ts'
import { connect, newBrowser, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const TEN_MINUTES_MS = 10 * 60 * 1000

/** What GitHub was asked to end. */
const ended = async () =>
  (await sandbox.control.log()).flatMap(({ method, path, status }) =>
    method === 'DELETE' ? [`${path.split('/').at(-1)} ${status}`] : [],
  )
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

/** An attempt that was answered at GitHub: the address the browser comes back to. */
async function answered({ owner: { person, actor } }: TestOrganization) {
  const [attempt, browser] = [randomUUID(), newBrowser()]
  const started = await startConnect(actor, { provider: 'github', slot: 'user', attempt, via: 'form', browser })
  const address = await sandbox.consent(started.authorizeUrl, { account: 'dana-k' })
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

test('a grant that cannot even be held ends at once', async () => {
  const org = await newOrganization()
  const { attempt, comeBack } = await answered(org)
  const holding = { table: 'ConnectAttempt', write: 'UPDATE', when: 'NEW."grant" IS NOT NULL' }
  await whileBroken([holding], async () => {
    expect(await comeBack()).toEqual({ status: 303, page: `/connect/result/${attempt}` })
  })
  expect(await ended()).toEqual(['token 204'])
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
})
