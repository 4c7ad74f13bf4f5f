import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { csrfToken } from '#lib/http/csrf.ts'
import { withSystem } from '#lib/platform/db.ts'
import { env } from '#lib/platform/env.ts'
import { sha256 } from '#lib/platform/hmac.ts'
import { log } from '#lib/platform/log.ts'
import { unseal } from '#lib/platform/seal.ts'
import { readSession } from '#lib/tenancy/read-session.ts'
import { openGrant } from '#lib/vault/grant.ts'
import { asSuperuser } from '#tests/support/as-superuser.ts'
import { dispatch, ownRequest } from '#tests/support/dispatch.ts'
import { PASSWORD, person, type TestPerson } from '#tests/support/people.ts'
import { everythingOf } from '#tests/support/plant.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'
import { TOKEN_PATH, withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const printed: string[] = []
beforeEach(() => {
  log.level = 'trace'
  vi.spyOn(process.stdout, 'write').mockImplementation((part) => {
    printed.push(String(part))
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  log.level = 'silent'
})

const given: string[] = []
async function ask(method: string, path: string, cookie: string, body?: unknown): Promise<Response> {
  const response = await dispatch(ownRequest(method, path, { headers: { cookie }, body }))
  const headers = [...response.headers].filter(([name]) => name !== 'set-cookie' && name !== 'location')
  given.push(JSON.stringify(headers), await response.clone().text())
  return response
}

/** The whole way through the public addresses: form, consent, callback. Returns the secrets that went through it. */
async function connectByForm(dana: TestPerson, account: string) {
  const [attempt, browser] = [randomUUID(), randomUUID().repeat(2)]
  const cookie = `${dana.cookie}; pb_browser=${browser}`
  const sid = (await readSession(cookie)) ?? ''
  const session = await withSystem('session lookup', (db) =>
    db.session.findUniqueOrThrow({ where: { idHash: sha256(sid) } }),
  )
  const form = new URLSearchParams({ org: dana.org.slug, slot: 'user', attempt, csrf: csrfToken(session.id) })
  const posted = await dispatch(
    new Request(`${env().APP_URL}/connect/github`, {
      method: 'POST',
      headers: { cookie, origin: env().APP_URL, 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      redirect: 'manual',
    }),
  )
  const authorize = new URL(posted.headers.get('location') ?? '')
  const row = await withSystem('attempt lookup', (db) =>
    db.connectAttempt.findUniqueOrThrow({ where: { id: attempt } }),
  )
  const verifier =
    row.verifier && (await unseal(row.verifier, ['ConnectAttempt', row.organizationId, row.id, 'verifier']))
  const callback = new URL(await sandbox.consent(authorize.href, { account }))
  await ask('GET', callback.pathname + callback.search, cookie)
  await ask('GET', dana.at(`connect-attempts/${attempt}`), cookie)
  const state = authorize.searchParams.get('state') ?? ''
  return [sid, browser, state, verifier ?? '', callback.searchParams.get('code') ?? '']
}

const tokensOf = async (organizationId: string) => {
  const rows = await withSystem('shared grant', (db) => db.credential.findMany({ where: { organizationId } }))
  const grants = await Promise.all(rows.map(async (row) => (row.sealed ? openGrant(row.sealed, row) : null)))
  return grants.flatMap((grant) => (grant ? [grant.token, grant.refreshToken ?? ''] : [])).filter(Boolean)
}

async function everythingKept(): Promise<string> {
  return asSuperuser(async (client) => {
    const audit = await client.query('SELECT t::text FROM "AuditEvent" t')
    const jobs = await client.query('SELECT t::text FROM pgboss.job t')
    return JSON.stringify([audit.rows, jobs.rows])
  })
}

test('2, T-AUD-4, T-ACT-3: through connecting, reading, failing and disconnecting no secret is in any answer, log line, audit row or job', async () => {
  await sandbox.control.set({ provider: 'github', expiringTokens: true, tokenSeconds: 2 })
  const dana = await person('Dana')
  const secrets = [PASSWORD, env().AUTH_SECRET, Buffer.from(env().KEYRING[0]?.key ?? '').toString('base64')]
  secrets.push(...(await connectByForm(dana, 'dana-k')), ...(await tokensOf(dana.org.id)))
  const [token = ''] = await tokensOf(dana.org.id)

  const { items } = await (await ask('GET', dana.at('connections'), dana.cookie)).json()
  const at = dana.at(`connections/${items[0].id}`)
  // A provider that repeats the token in its own errors, and a body that is no JSON.
  const leak = { message: `bad token ${token}`, token }
  await sandbox.control.faults([
    { provider: 'github', path: '/github-api/user/repos', status: 500, body: leak, times: 2 },
    { provider: 'github', path: '/github-api/user', status: 418, body: leak, times: 1 },
  ])
  await ask('GET', `${at}/resources?kind=repository`, dana.cookie)
  await ask('POST', `${at}/verify`, dana.cookie)
  await ask('GET', dana.at('search?q=retry'), dana.cookie)
  await new Promise((resolve) => setTimeout(resolve, 2100))
  await ask('GET', `${at}/resources?kind=repository`, dana.cookie)
  secrets.push(...(await tokensOf(dana.org.id)))
  await sandbox.control.faults([
    {
      provider: 'github',
      path: TOKEN_PATH,
      status: 200,
      body: { error: 'bad_refresh_token', error_description: token },
    },
  ])
  await new Promise((resolve) => setTimeout(resolve, 2100))
  await ask('GET', `${at}/resources?kind=repository`, dana.cookie)
  for (const path of [
    'integrations',
    'integrations/github',
    'integrations/github/activity',
    'connections',
    'audit-events',
    'audit-events.csv',
  ])
    await ask('GET', dana.at(path), dana.cookie)
  await ask('DELETE', at, dana.cookie)
  log.error({ error: new Error(`upstream said ${token}`), grant: { token } }, `x-access-token ${token}`)

  const kept = await everythingKept()
  const everything = { answers: given.join('\n'), logs: printed.join('\n'), kept }
  expect(everything.logs).toContain('system access')
  expect(everything.answers).toContain('@dana-k')
  expect(everything.kept).toContain('connection.created')
  expect(new Set(secrets).size).toBeGreaterThan(8)
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(15)
    for (const [where, text] of Object.entries(everything))
      expect(text.includes(secret), `a secret in ${where}`).toBe(false)
  }
}, 30_000)

test('T-KEY-8, T-ACT-3, 2: a pasted secret, taken or refused, replaced and disconnected, is in no answer, log line, audit row or job', async () => {
  const dana = await person('Dana')
  const sentry = sentryClient(sandbox.url)
  const [good, poor, next] = [
    await sentry.tokenFor(),
    await sentry.tokenFor({ scopes: ['org:read'] }),
    await sentry.tokenFor(),
  ]
  const wrong = `sntryi_${'c0ffee42'.repeat(8)}`
  const [foreign, webhookSecret] = ['pasted into the wrong field!', 'client-secret-of-the-webhooks']
  const secrets = [good, poor, next, wrong, foreign, webhookSecret]
  const start = given.length
  const paste = (token: string, more: object = {}) =>
    ask('POST', dana.at('connections'), dana.cookie, {
      provider: 'sentry',
      slot: 'organization',
      method: 'api_key',
      fields: { organization: 'acme', token, webhookSecret },
      ...more,
    })
  // what the provider says of it holds the secret too
  await sandbox.control.faults([
    { provider: 'sentry', path: '/sentry-api', status: 500, body: { detail: `${good} and ${wrong}` }, times: 1 },
  ])
  const statuses = [
    await paste(good),
    await paste(wrong),
    await paste(poor),
    await paste(good, { fields: { organization: foreign, token: `${wrong}é`, password: good } }),
    await paste(good, { method: 'pat' }),
    await paste(good),
  ].map(({ status }) => status)
  expect(statuses).toEqual([502, 422, 422, 422, 422, 201])
  const { items } = await (await ask('GET', dana.at('connections'), dana.cookie)).json()
  const at = dana.at(`connections/${items[0].id}`)
  const put = (token: string) => ask('PUT', `${at}/credential`, dana.cookie, { fields: { token } })
  expect((await put(wrong)).status).toBe(422)
  expect((await put(next)).status).toBe(200)
  await ask('POST', `${at}/credential/old-revoked`, dana.cookie)
  await ask('GET', `${at}/resources?kind=issue&q=retry`, dana.cookie)
  await sandbox.control.revoke({ provider: 'sentry', token: next })
  await ask('POST', `${at}/verify`, dana.cookie)
  for (const path of [
    'integrations',
    'integrations/sentry',
    'integrations/sentry/activity',
    'audit-events',
    'audit-events.csv',
  ])
    await ask('GET', dana.at(path), dana.cookie)
  await ask('DELETE', at, dana.cookie)

  const kept = await everythingKept()
  const rows = (await everythingOf(dana.org.id)).join('\n')
  const everything = { answers: given.slice(start).join('\n'), logs: printed.join('\n'), kept, rows }
  expect(everything.kept).toContain('key.replaced')
  expect(everything.answers).toContain(next.slice(-4))
  for (const secret of secrets)
    for (const [where, text] of Object.entries(everything))
      expect(text.includes(secret), `${secret.slice(0, 7)} in ${where}`).toBe(false)
}, 30_000)
