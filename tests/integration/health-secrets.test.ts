// How a connection that stands on a pasted secret fares, from its first test on, with a clock that is moved.
import { expect, onTestFinished, test } from 'vitest'
import { jobs } from '#lib/connections/jobs.ts'
import { ConnectionView, ProviderView } from '#lib/connections/schema.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { jobActor } from '#lib/tenancy/actor.ts'
import { asSuperuser } from '#tests/support/as-superuser.ts'
import { api, member, person, sessionOf, type TestPerson } from '#tests/support/people.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const sentry = sentryClient(sandbox.url)
const SILENT = { provider: 'sentry', path: '/sentry-api', drop: true, times: 99 } as const // as const: a union of words
const MINUTE = 60
const DAY = 24 * 60 * MINUTE

/** Moves the product's clock, and nothing else's, until the test is over. */
function pass(seconds: number): void {
  onTestFinished(shiftClock(seconds * 1000))
}

const pasteSentry = (by: TestPerson, token: string, more: object = {}) =>
  by.post(by.at('connections'), {
    provider: 'sentry',
    slot: 'organization',
    method: 'api_key',
    fields: { organization: 'acme', token },
    ...more,
  })
async function madePat(expiresAt?: Date): Promise<string> {
  const wanted = { account: 'dana-k', scopes: ['repo'], ...(expiresAt ? { expiresAt: expiresAt.toISOString() } : {}) }
  return String((await sandbox.control.set({ provider: 'github', makePat: wanted })).token)
}
const pastePat = async (by: TestPerson, token: string, more: object = {}) =>
  by.post(by.at('connections'), { provider: 'github', slot: 'organization', method: 'pat', fields: { token }, ...more })

/** A session of its own: the clock may have passed the end of the one before. */
async function look(by: TestPerson, id: string): Promise<ConnectionView> {
  const cookie = await sessionOf(by.id)
  return (await api(cookie).get(by.at(`connections/${id}`), ConnectionView)).body
}
const run = async (name: string, payload: Record<string, string> = {}) =>
  jobs.find((job) => job.name === name)?.work(payload)
/** What the worker does within the minute: it looks what is due and probes that. */
async function minutePasses(by: TestPerson): Promise<number> {
  const queued = async () =>
    withOrg(await jobActor(by.org.id, 'test'), async (db) => {
      const rows = await db.$queryRaw<{ id: string; data: Record<string, string> }[]>`
        SELECT id::text, data FROM pgboss.job WHERE name = 'connections.probe' AND state = 'created'
          AND start_after <= now() AND data->>'organizationId' = ${by.org.id}`
      return rows
    })
  await run('connections.schedule-probes')
  const due = await queued()
  for (const { data } of due) await run('connections.probe', data)
  await asSuperuser((client) =>
    client.query("UPDATE pgboss.job SET state = 'completed' WHERE name = 'connections.probe'"),
  )
  return due.length
}

test('38: what is due is looked for every minute', () => {
  expect(jobs.find(({ name }) => name === 'connections.schedule-probes')?.schedule).toBe('* * * * *')
})

test('27: a key that could not be tested is kept only when that is said, and says so itself', async () => {
  const dana = await person()
  const token = await sentry.tokenFor()
  await sandbox.control.faults([SILENT])
  const { status, body } = await pasteSentry(dana, token, { anyway: true })
  expect(status).toBe(201)
  expect(body).toMatchObject({
    status: 'error',
    signal: 'red',
    reasonCode: 'untested',
    reason: "Not tested yet: Sentry didn't answer. Tried again every 5 minutes",
    nextAction: { id: 'check_now', may: true },
    account: { label: 'acme' },
    verifiedAt: null,
    credential: { endsWith: token.slice(-4) },
  })
  const jobsOf = await withOrg(await jobActor(dana.org.id, 'test'), (db) => {
    return db.$queryRaw<{ wait: number }[]>`
      SELECT round(extract(epoch FROM start_after - created_on))::int AS wait FROM pgboss.job
      WHERE name = 'connections.probe' AND data->>'organizationId' = ${dana.org.id}`
  })
  expect(jobsOf).toEqual([{ wait: 300 }])
})

test('27: its test is made up for once the provider answers, and only then is it connected, by its account’s name', async () => {
  const dana = await person()
  await sandbox.control.faults([SILENT])
  const { id } = ConnectionView.parse((await pasteSentry(dana, await sentry.tokenFor(), { anyway: true })).body)
  await run('connections.probe', { organizationId: dana.org.id, connectionId: id })
  expect(await look(dana, id)).toMatchObject({ status: 'error', reasonCode: 'untested' })
  await sandbox.control.clearFaults()
  // a call that works is no test
  await dana.get(dana.at(`connections/${id}/resources?kind=project`))
  expect(await look(dana, id)).toMatchObject({ status: 'error', reasonCode: 'untested' })
  await run('connections.probe', { organizationId: dana.org.id, connectionId: id })
  expect(await look(dana, id)).toMatchObject({
    status: 'connected',
    signal: 'green',
    account: { id: '4508231147192320', label: 'Acme' },
  })
  expect((await dana.get(dana.at(`connections/${id}/resources?kind=project`))).status).toBe(200)
})

test('one that turns out to be refused asks for another key', async () => {
  const dana = await person()
  await sandbox.control.faults([SILENT])
  const { id } = ConnectionView.parse((await pasteSentry(dana, `sntryi_${'0'.repeat(64)}`, { anyway: true })).body)
  await sandbox.control.clearFaults()
  await run('connections.probe', { organizationId: dana.org.id, connectionId: id })
  expect(await look(dana, id)).toMatchObject({ status: 'needs_reauth', nextAction: { id: 'replace_key' } })
})

test('38: an integration whose permission was taken away turns amber with the next probe, and green once it is back', async () => {
  const dana = await person()
  const token = await sentry.tokenFor()
  const { id } = ConnectionView.parse((await pasteSentry(dana, token)).body)
  await sentry.set({ scopes: { token, scopes: ['org:read', 'project:read'] } })
  expect(await minutePasses(dana)).toBe(0)
  pass(DAY + MINUTE)
  expect(await minutePasses(dana)).toBe(1)
  expect(await look(dana, id)).toMatchObject({
    status: 'connected',
    signal: 'amber',
    reason: '1 permission missing: event:read',
    nextAction: { id: 'replace_key', label: 'Replace key' },
  })
  await sentry.set({ scopes: { token, scopes: ['event:read', 'org:read', 'project:read'] } })
  pass(DAY + MINUTE)
  await minutePasses(dana)
  expect(await look(dana, id)).toMatchObject({ status: 'connected', signal: 'green' })
})

test('38: one that may see nothing any more reads No access', async () => {
  const dana = await person()
  const token = await sentry.tokenFor()
  const { id } = ConnectionView.parse((await pasteSentry(dana, token)).body)
  await sentry.set({ scopes: { token, scopes: [] } })
  pass(DAY + MINUTE)
  await minutePasses(dana)
  expect(await look(dana, id)).toMatchObject({
    status: 'no_access',
    reasonCode: 'forbidden',
    nextAction: { id: 'who_can_help' },
  })
})

test('38: a key that was revoked is found by the call that meets it, and asks for another', async () => {
  const dana = await person()
  const token = await sentry.tokenFor()
  const { id } = ConnectionView.parse((await pasteSentry(dana, token)).body)
  await sandbox.control.revoke({ provider: 'sentry', token })
  await dana.get(dana.at(`connections/${id}/resources?kind=project`))
  expect(await look(dana, id)).toMatchObject({
    status: 'needs_reauth',
    reason: 'Connection invalid: access revoked at Sentry',
    nextAction: { id: 'replace_key', label: 'Replace key' },
  })
})

test('38: a provider that keeps failing reads Error, and is asked every five minutes until it works again', async () => {
  const dana = await person()
  const { id } = ConnectionView.parse((await pasteSentry(dana, await sentry.tokenFor())).body)
  await sandbox.control.faults([SILENT])
  for (const _ of [1, 2, 3]) await dana.get(dana.at(`connections/${id}/resources?kind=project`))
  expect(await look(dana, id)).toMatchObject({ status: 'error', signal: 'red', nextAction: { id: 'view_logs' } })
  await sandbox.control.clearFaults()
  expect(await minutePasses(dana)).toBe(0)
  pass(5 * MINUTE + 1)
  expect(await minutePasses(dana)).toBe(1)
  expect(await look(dana, id)).toMatchObject({ status: 'connected', signal: 'green' })
})

test('38: a token’s end is told from seven days before, and with its end it reads Expired', async () => {
  const dana = await person()
  const { id } = ConnectionView.parse(
    (await pastePat(dana, await madePat(new Date(Date.now() + 9.5 * DAY * 1000)))).body,
  )
  expect(await look(dana, id)).toMatchObject({ signal: 'green' })
  pass(4 * DAY)
  expect(await look(dana, id)).toMatchObject({
    status: 'connected',
    signal: 'amber',
    reasonCode: 'token_expiring',
    reason: 'Token expires in 6 days',
    nextAction: { id: 'replace_key', label: 'Replace key' },
  })
  pass(5.4 * DAY)
  await minutePasses(dana)
  expect(await look(dana, id)).toMatchObject({ status: 'connected' })
  pass(0.1 * DAY + 30)
  await sandbox.control.clock(9.5 * DAY + 30)
  expect(await minutePasses(dana)).toBe(1)
  expect(await look(dana, id)).toMatchObject({ status: 'expired', nextAction: { id: 'replace_key' } })
})

test('the day that somebody gave counts where the provider tells none, and one that is over is refused', async () => {
  const dana = await person()
  const expiresOn = new Date(Date.now() + 3 * DAY * 1000).toISOString().slice(0, 10)
  const { body } = await pasteSentry(dana, await sentry.tokenFor(), { expiresOn })
  expect(body).toMatchObject({ expiresAt: `${expiresOn}T23:59:59.000Z`, reasonCode: 'token_expiring' })
  const past = await pasteSentry(dana, await sentry.tokenFor(), { expiresOn: '2020-01-31' })
  expect(past.body).toMatchObject({ errors: [{ pointer: '/expiresOn' }] })
})

test('a key’s age is told: rotation is due from 14 days before its 90th, overdue after, and over with the next key', async () => {
  const dana = await person()
  const { id, credential } = ConnectionView.parse((await pasteSentry(dana, await sentry.tokenFor())).body)
  expect(Date.parse(credential.rotationDueAt ?? '') - Date.now()).toBeGreaterThan((90 * DAY - MINUTE) * 1000)
  const at = async (days: number) => {
    const restore = shiftClock(days * DAY * 1000)
    const { reasonCode, reason, nextAction } = await look(dana, id)
    restore()
    return [reasonCode, reason, nextAction?.label]
  }
  expect(await at(75)).toEqual([null, null, 'Overview'])
  expect(await at(78)).toEqual(['rotation_due', 'Rotation due in 12 days', 'Rotate'])
  expect(await at(93.5)).toEqual(['rotation_due', 'Rotation overdue by 3 days', 'Rotate'])
  pass(93 * DAY)
  const cookie = await sessionOf(dana.id)
  const put = await api(cookie).put(dana.at(`connections/${id}/credential`), {
    fields: { token: await sentry.tokenFor() },
  })
  expect(put.body).toMatchObject({ reasonCode: null, credential: { ageDays: 0 } })
})

test('whoever connected it having left is told, with Take over for those who may', async () => {
  const dana = await person()
  const sam = await member(dana, 'admin', 'Sam')
  const { id } = ConnectionView.parse((await pasteSentry(sam, await sentry.tokenFor())).body)
  await dana.delete(dana.at(`members/${sam.id}`))
  expect(await look(dana, id)).toMatchObject({
    status: 'connected',
    signal: 'amber',
    reason: 'Connected by Sam, who left',
    nextAction: { id: 'take_over', label: 'Take over', may: true },
  })
})

test('30: what the provider allows is shown as it says, and a wait it asks for until it is over', async () => {
  const dana = await person()
  await sentry.set({ rateLimit: { limit: 20, windowSeconds: 600 } })
  const { id } = ConnectionView.parse((await pasteSentry(dana, await sentry.tokenFor())).body)
  await sentry.set({ rateRemaining: 0 })
  await dana.get(dana.at(`connections/${id}/resources?kind=project`))
  const { reasonCode, reason, signal, rateLimit } = await look(dana, id)
  expect({ reasonCode, signal }).toEqual({ reasonCode: 'rate_limited', signal: 'amber' })
  expect(rateLimit).toMatchObject({ limit: 20, remaining: 0 })
  expect(reason).toBe(`Rate limited until ${rateLimit?.resetsAt.slice(11, 16)} UTC`)
  pass(601)
  expect(await look(dana, id)).toMatchObject({ status: 'connected', signal: 'green' })
})

test('K-12: the button says Configure where a key is pasted, Connect where a page asks, and Request for who may only ask', async () => {
  const dana = await person()
  const priya = await member(dana, 'member', 'Priya')
  const verbs = async (by: TestPerson, provider: string) => {
    const { body } = await by.get(by.at(`integrations/${provider}`), ProviderView)
    return body.slots.map(({ slot, nextAction }) => [slot, nextAction?.id, nextAction?.label])
  }
  expect(await verbs(dana, 'sentry')).toEqual([['organization', 'configure', 'Configure']])
  expect(await verbs(dana, 'slack')).toEqual([['organization', 'connect', 'Connect']])
  expect(await verbs(priya, 'sentry')).toEqual([['organization', 'request', 'Request']])
  expect(await verbs(priya, 'github')).toContainEqual(['user', 'connect', 'Connect'])
})
