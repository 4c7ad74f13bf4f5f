// The server's half of replacing a pasted secret: the old one serves until the new one has passed.
import { expect, test } from 'vitest'
import { disconnect } from '#lib/connections/disconnect.ts'
import { ConnectionView, type SlotName } from '#lib/connections/schema.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { enter, findPerson } from '#lib/tenancy/actor.ts'
import { readSession } from '#lib/tenancy/read-session.ts'
import { connect } from '#tests/support/organization.ts'
import { member, person, type TestPerson } from '#tests/support/people.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const sentry = sentryClient(sandbox.url)
const WRONG = `sntryi_${'0'.repeat(64)}`

async function connected(by: TestPerson, token: string): Promise<ConnectionView> {
  const body = { provider: 'sentry', slot: 'organization', method: 'api_key', fields: { organization: 'acme', token } }
  return (await by.post(by.at('connections'), body, ConnectionView)).body
}
const replace = (by: TestPerson, id: string, token: string, more: object = {}) =>
  by.put(by.at(`connections/${id}/credential`), { fields: { token }, ...more })
const tick = (by: TestPerson, id: string) => by.post(by.at(`connections/${id}/credential/old-revoked`))
const read = async (by: TestPerson, id: string) =>
  (await by.get(by.at(`connections/${id}/resources?kind=project`))).status
const end = (token: string) => sandbox.control.revoke({ provider: 'sentry', token })
async function actions(by: TestPerson): Promise<string[]> {
  const { body } = await by.get(by.at('audit-events?provider=sentry'))
  return (body as { items: { action: string }[] }).items.map(({ action }) => action) // as AuditPage
}

test('T-KEY-6: while the new key does not pass, the old one goes on being used', async () => {
  const dana = await person()
  const old = await sentry.tokenFor()
  const { id } = await connected(dana, old)
  expect((await replace(dana, id, WRONG)).body).toMatchObject({ errors: [{ pointer: '/fields/token' }] })
  await sandbox.control.faults([{ provider: 'sentry', path: '/sentry-api', drop: true, times: 2 }])
  const untested = await sentry.tokenFor()
  const silent = await replace(dana, id, untested, { anyway: true })
  expect(silent).toMatchObject({ status: 502, body: { anyway: false } })
  expect(silent.body).toMatchObject({
    detail: "Sentry didn't answer. Your key wasn't saved. The old key goes on working.",
  })
  await sandbox.control.clearFaults()
  await end(untested)
  expect(await read(dana, id)).toBe(200)
  await end(old)
  expect(await read(dana, id)).not.toBe(200)
})

test('T-KEY-6: once the new key has passed it alone is used, at the same connection, and the audit log says so', async () => {
  const dana = await person()
  const old = await sentry.tokenFor()
  const before = await connected(dana, old)
  const next = await sentry.tokenFor()
  const restore = shiftClock(10 * 86_400_000)
  const { status, body } = await replace(dana, before.id, next)
  restore()
  expect(status).toBe(200)
  const after = ConnectionView.parse(body)
  expect(after).toMatchObject({
    id: before.id,
    status: 'connected',
    credential: { endsWith: next.slice(-4), ageDays: 0 },
  })
  await end(old)
  expect(await read(dana, before.id)).toBe(200)
  expect(await actions(dana)).toEqual(['key.replaced', 'connection.created'])
})

test('what was typed besides the key need not be typed again', async () => {
  const dana = await person()
  const { id } = await connected(dana, await sentry.tokenFor())
  expect(await replace(dana, id, await sentry.tokenFor())).toMatchObject({
    status: 200,
    body: { account: { label: 'Acme' } },
  })
})

test('the old key being revoked is noted once for each that was replaced', async () => {
  const dana = await person()
  const { id } = await connected(dana, await sentry.tokenFor())
  expect((await tick(dana, id)).status).toBe(409)
  await replace(dana, id, await sentry.tokenFor())
  expect(await Promise.all([tick(dana, id), tick(dana, id)].map(async (asked) => (await asked).status))).toEqual(
    expect.arrayContaining([204, 409]),
  )
  expect(await actions(dana)).toEqual(['key.old_revoked', 'key.replaced', 'connection.created'])
})

test('a member may neither replace the organization’s key nor note anything of it', async () => {
  const dana = await person()
  const priya = await member(dana, 'member', 'Priya')
  const { id } = await connected(dana, await sentry.tokenFor())
  expect((await replace(priya, id, await sentry.tokenFor())).status).toBe(403)
  expect((await tick(priya, id)).status).toBe(403)
})

test('a key of another account is asked about before it takes the place', async () => {
  const dana = await person()
  const { id } = await connected(dana, await sentry.tokenFor())
  const fields = { organization: 'globex', token: await sentry.tokenFor({ organization: 'globex' }) }
  const path = dana.at(`connections/${id}/credential`)
  expect(await dana.put(path, { fields })).toMatchObject({ status: 409, body: { type: '/problems/other-account' } })
  expect(await read(dana, id)).toBe(200)
  expect(await dana.put(path, { fields, switchAccount: true })).toMatchObject({ status: 200, body: { id } })
})

test('there is no key to replace where a consent page connects, or after disconnecting', async () => {
  const dana = await person()
  const { id } = await connected(dana, await sentry.tokenFor())
  const gone = await dana.delete(dana.at(`connections/${id}`))
  expect(gone.body).toMatchObject({
    revocation: 'not_offered',
    detail: expect.stringMatching(/^Key deleted here\. It works elsewhere until you revoke it at sentry\.io/),
  })
  expect((await replace(dana, id, await sentry.tokenFor())).body).toMatchObject({ type: '/problems/not-connected' })
  const sealedOf = await dana.get(dana.at(`connections/${id}`))
  expect(sealedOf.body).toMatchObject({ status: 'disconnected', credential: { endsWith: null } })
})

const actorOf = async (by: TestPerson) => {
  const token = await readSession(by.cookie)
  const found = token && (await findPerson(token, { ip: by.ip, requestId: 'test' }))
  if (!found) throw new Error('no session')
  return { person: found, actor: await enter(found, by.org.slug) }
}
const slots: readonly SlotName[] = ['organization', 'user']

test('a pasted token never takes the place of the grant of the same account in another slot', async () => {
  const dana = await person()
  const who = await actorOf(dana)
  const consents = await Promise.all(slots.map((slot) => connect(who, { slot, account: 'dana-k' })))
  const { token } = await sandbox.control.set({ provider: 'github', makePat: { account: 'dana-k', scopes: ['repo'] } })
  const fields = { token: String(token) }
  const body = { provider: 'github', slot: 'organization', method: 'pat', fields }
  expect(await dana.post(dana.at('connections'), body)).toMatchObject({
    status: 201,
    body: { id: consents[0]?.connection?.id, method: 'pat', credential: { type: 'pat' } },
  })
  const own = await dana.post(dana.at(`connections/${consents[1]?.connection?.id}/verify`))
  expect(own.body).toMatchObject({ method: 'oauth2', status: 'connected', credential: { type: 'oauth2' } })
  await sandbox.control.clearLog()
  await disconnect(who.actor, consents[0]?.connection?.id ?? '')
  expect((await sandbox.control.log()).filter(({ method }) => method === 'DELETE')).toEqual([])
})

test('34: a token without a permission that is required is stored anyway as one that needs another', async () => {
  const dana = await person()
  const { token } = await sandbox.control.set({
    provider: 'github',
    makePat: { account: 'dana-k', scopes: ['delete_repo'] },
  })
  const body = {
    provider: 'github',
    slot: 'organization',
    method: 'pat',
    fields: { token: String(token), realtime: 'on' },
  }
  const refused = await dana.post(dana.at('connections'), body)
  expect(refused.body).toMatchObject({
    missing: ['repo', 'admin:repo_hook'],
    required: ['admin:repo_hook'],
    anyway: true,
  })
  const { status, body: view } = await dana.post(dana.at('connections'), { ...body, anyway: true })
  expect(status).toBe(201)
  expect(view).toMatchObject({
    status: 'needs_reauth',
    reasonCode: 'scopes_required',
    reason: 'Connection invalid: permission missing: admin:repo_hook',
    nextAction: { id: 'replace_key', label: 'Replace key' },
    scopes: { missing: ['repo', 'admin:repo_hook'], extra: ['delete_repo'] },
  })
})
