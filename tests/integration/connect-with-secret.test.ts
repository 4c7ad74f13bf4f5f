// The server's half of pasting a secret: tested before it is stored, told step by step, and never shown again.
import { expect, test } from 'vitest'
import { connectWithSecret } from '#lib/connections/connect-with-secret.ts'
import { prepareNew } from '#lib/connections/prepare-secret.ts'
import { ConnectionView } from '#lib/connections/schema.ts'
import { dispatch, ownRequest } from '#tests/support/dispatch.ts'
import { newOrganization } from '#tests/support/organization.ts'
import { member, person, type TestPerson } from '#tests/support/people.ts'
import { everythingOf } from '#tests/support/plant.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const sentry = sentryClient(sandbox.url)

type Typed = Record<string, unknown> & { fields?: Record<string, string> }
const NEW = { provider: 'sentry', slot: 'organization', method: 'api_key' } as const // as const: a union of words
const ISSUES = '/sentry-api/api/0/organizations/acme/issues/'
const paste = (by: TestPerson, { fields = {}, ...more }: Typed) =>
  by.post(by.at('connections'), { ...NEW, fields: { organization: 'acme', ...fields }, ...more })
const connected = async (by: TestPerson, token: string) =>
  ConnectionView.parse((await paste(by, { fields: { token } })).body)
const stored = async (by: TestPerson) =>
  (await everythingOf(by.org.id)).filter((row) => /^(Connection|Credential) /.test(row))
const requests = async () => (await sandbox.control.log()).filter(({ provider }) => provider === 'sentry')
const states = (body: unknown) =>
  (body as { steps: { label: string; state: string }[] }).steps.map(({ label, state }) => `${label}: ${state}`) // as the problem's member says

test('T-KEY-2: a key that passes every step is stored, and only its last four are told', async () => {
  const dana = await person()
  const token = await sentry.tokenFor()
  const { status, body } = await paste(dana, { fields: { token }, keptAt: 'Team vault' })
  expect(status).toBe(201)
  const view = ConnectionView.parse(body)
  expect(view).toMatchObject({
    status: 'connected',
    signal: 'green',
    method: 'api_key',
    account: { label: 'Acme' },
    credential: { type: 'api_key', endsWith: token.slice(-4), renewsItself: false },
    scopes: { missing: [] },
  })
  const shown = await Promise.all(
    ['connections', `connections/${view.id}`, 'integrations', 'integrations/sentry', 'audit-events'].map(async (path) =>
      JSON.stringify((await dana.get(dana.at(path))).body),
    ),
  )
  for (const text of [JSON.stringify(body), ...shown, ...(await everythingOf(dana.org.id))])
    for (let n = 0; n + 5 <= token.length; n += 5) expect(text).not.toContain(token.slice(n, n + 12))
})

test('T-KEY-4: a key that the provider does not take is told at its field, and nothing is stored', async () => {
  const dana = await person()
  const { status, body } = await paste(dana, { fields: { token: `sntryi_${'0'.repeat(64)}` } })
  expect(status).toBe(422)
  const detail = "Sentry didn't accept this key. Check it was copied whole and hasn't been revoked."
  expect(body).toMatchObject({ type: '/problems/fields-not-accepted', errors: [{ pointer: '/fields/token', detail }] })
  expect(states(body).slice(0, 3)).toEqual([
    'Reached Sentry: passed',
    'Key accepted: failed',
    'Organization “acme” found: skipped',
  ])
  expect(await stored(dana)).toEqual([])
})

test('T-KEY-4: a missing permission is named; nothing is stored unless it is said that it is to be all the same', async () => {
  const dana = await person()
  const token = await sentry.tokenFor({ scopes: ['org:read', 'project:read'] })
  const refused = await paste(dana, { fields: { token } })
  expect(refused.status).toBe(422)
  expect(refused.body).toMatchObject({
    type: '/problems/permission-missing',
    missing: ['event:read'],
    required: [],
    anyway: true,
  })
  expect(refused.body).toMatchObject({
    steps: expect.arrayContaining([{ label: 'Can read issues', state: 'failed', detail: 'missing event:read' }]),
  })
  expect(await stored(dana)).toEqual([])
  const { status, body } = await paste(dana, { fields: { token }, anyway: true })
  expect(status).toBe(201)
  expect(body).toMatchObject({
    status: 'connected',
    signal: 'amber',
    reasonCode: 'scopes_missing',
    reason: '1 permission missing: event:read',
    nextAction: { id: 'replace_key', label: 'Replace key', may: true },
    scopes: { missing: ['event:read'] },
  })
})

test('34: without a permission that everything hangs on, its account cannot be told and nothing is stored', async () => {
  const dana = await person()
  const token = await sentry.tokenFor({ scopes: ['event:read'] })
  const { status, body } = await paste(dana, { fields: { token }, anyway: true })
  expect(status).toBe(422)
  expect(body).toMatchObject({ missing: ['org:read'], required: ['org:read'], anyway: false })
  expect(states(body).slice(1, 3)).toEqual(['Key accepted: passed', 'Organization “acme” found: failed'])
  expect(await stored(dana)).toEqual([])
})

test('T-KEY-4, 27: a provider that does not answer is told, and nothing is stored', async () => {
  const dana = await person()
  const token = await sentry.tokenFor()
  await sandbox.control.faults([{ provider: 'sentry', path: '/sentry-api', drop: true, times: 9 }])
  const { status, body } = await paste(dana, { fields: { token } })
  expect(status).toBe(502)
  expect(body).toMatchObject({
    type: '/problems/provider-unavailable',
    detail: "Sentry didn't answer. Your key wasn't saved.",
    anyway: true,
  })
  expect(states(body)[0]).toBe('Reached Sentry: failed')
  expect(await stored(dana)).toEqual([])
})

test('T-KEY-4: the whole test ends when its time is up, wherever it is', async () => {
  const org = await newOrganization()
  const token = await sentry.tokenFor()
  await sandbox.control.faults([{ provider: 'sentry', path: ISSUES, delayMs: 5_000, times: 1 }])
  const prepared = await prepareNew(org.owner.actor, { ...NEW, fields: { organization: 'acme', token } })
  await expect(connectWithSecret(org.owner.actor, prepared, { withinMs: 600 })).rejects.toMatchObject({
    kind: 'provider-unavailable',
    extra: { members: { anyway: true } },
  })
})

test('T-KEY-5: what comes along when a key is copied is no part of it', async () => {
  const dana = await person()
  const token = await sentry.tokenFor()
  const { status, body } = await paste(dana, {
    fields: { organization: ' https://sentry.io/organizations/acme/ ', token: `" Bearer ${token}\n"` },
  })
  expect(status).toBe(201)
  expect(body).toMatchObject({ credential: { endsWith: token.slice(-4) } })
  expect((await requests()).every(({ status: answered }) => answered === 200)).toBe(true)
})

test('fields that cannot be meant are told at once, each at its place, and what was typed is in none of it', async () => {
  const dana = await person()
  await sandbox.control.clearLog()
  const typed = { organization: 'not a slug!', token: 'päste-of-a-secret', password: 'typed-by-mistake' }
  const { status, body } = await paste(dana, { fields: typed })
  expect(status).toBe(422)
  const { errors } = body as { errors: { pointer: string }[] } // as RFC 9457 members of ours
  expect(errors.map(({ pointer }) => pointer).sort()).toEqual([
    '/fields/organization',
    '/fields/password',
    '/fields/token',
  ])
  for (const value of Object.values(typed)) expect(JSON.stringify(body)).not.toContain(value)
  const missing = await dana.post(dana.at('connections'), { ...NEW, fields: {} })
  expect(missing.body).toMatchObject({
    errors: [
      { pointer: '/fields/organization', detail: 'Organization slug is needed.' },
      { pointer: '/fields/token', detail: 'Key is needed.' },
    ],
  })
  expect(await requests()).toEqual([])
})

test('a kind of key that never works is refused with the reason, before anything is sent', async () => {
  const dana = await person()
  const token = await sentry.tokenFor({ kind: 'organization' })
  await sandbox.control.clearLog()
  const { status, body } = await paste(dana, { fields: { token } })
  expect(status).toBe(422)
  expect(body).toMatchObject({
    errors: [{ pointer: '/fields/token', detail: expect.stringContaining('it is for CI') }],
  })
  expect(await requests()).toEqual([])
})

test('who may not connect for everyone is told who can, and the key goes nowhere', async () => {
  const dana = await person()
  const priya = await member(dana, 'member', 'Priya')
  const token = await sentry.tokenFor()
  await sandbox.control.clearLog()
  expect((await paste(priya, { fields: { token } })).status).toBe(403)
  await dana.patch(dana.at('integrations/sentry'), { enabled: false })
  expect((await paste(dana, { fields: { token } })).status).toBe(403)
  expect(await requests()).toEqual([])
})

test('another account than the connected one is asked about, and the connected one stays', async () => {
  const dana = await person()
  await connected(dana, await sentry.tokenFor())
  const token = await sentry.tokenFor({ organization: 'globex' })
  const fields = { organization: 'globex', token }
  const asked = await paste(dana, { fields, anyway: true })
  expect(asked.status).toBe(409)
  expect(asked.body).toMatchObject({
    type: '/problems/other-account',
    accountLabel: 'Globex',
    previousLabel: 'Acme',
  })
  expect((await dana.get(dana.at('connections'))).body).toMatchObject({ items: [{ account: { label: 'Acme' } }] })
  const switched = await paste(dana, { fields, switchAccount: true })
  expect(switched).toMatchObject({ status: 201, body: { account: { label: 'Globex' } } })
})

async function linesOf(by: TestPerson, body: unknown): Promise<Record<string, unknown>[]> {
  const headers = { cookie: by.cookie, 'x-forwarded-for': by.ip, accept: 'application/x-ndjson' }
  const response = await dispatch(ownRequest('POST', by.at('connections'), { headers, body }))
  expect(response.headers.get('content-type')).toContain('application/x-ndjson')
  return (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

test('the test can be watched: a line a step as it ends, and last the connection or the problem', async () => {
  const dana = await person()
  const token = await sentry.tokenFor()
  const good = await linesOf(dana, { ...NEW, fields: { organization: 'acme', token } })
  expect(good.slice(0, -1)).toEqual(
    [
      'Reached Sentry',
      'Key accepted',
      'Organization “acme” found',
      'Can read projects',
      'Can read issues',
      'Can read events',
    ].map((label) => ({ step: { label, state: 'passed' }, of: 6 })),
  )
  expect(good.at(-1)).toMatchObject({ connection: { status: 'connected' }, warnings: [] })
  const bad = await linesOf(dana, { ...NEW, fields: { organization: 'acme', token: `sntryi_${'1'.repeat(64)}` } })
  expect(bad.at(-1)).toMatchObject({ problem: { type: '/problems/fields-not-accepted', status: 422 } })
})

test('a test that nobody waits for any more ends where it is, and stores nothing', async () => {
  const dana = await newOrganization()
  const token = await sentry.tokenFor()
  const fields = { organization: 'acme', token }
  const prepared = await prepareNew(dana.owner.actor, { ...NEW, fields, anyway: true })
  const leaving = new AbortController()
  const onStep = ({ label }: { label: string }) => label === 'Can read projects' && leaving.abort()
  await sandbox.control.clearLog()
  await expect(connectWithSecret(dana.owner.actor, prepared, { signal: leaving.signal, onStep })).rejects.toMatchObject(
    { kind: 'conflict' },
  )
  expect((await requests()).some(({ path }) => path === ISSUES)).toBe(false)
  expect((await everythingOf(dana.id)).filter((row) => /^(Connection|Credential) /.test(row))).toEqual([])
})
