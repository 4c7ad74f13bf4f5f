import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { completeConnect } from '#lib/attempts/complete.ts'
import { findAttempt } from '#lib/attempts/queries.ts'
import { startConnect } from '#lib/attempts/start.ts'
import { disconnect } from '#lib/connections/disconnect.ts'
import { findConnection, findProviderView } from '#lib/connections/queries.ts'
import { verify } from '#lib/connections/verify.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { listResources } from '#lib/resources/list-resources.ts'
import { matchLink } from '#lib/resources/match-link.ts'
import { readResource } from '#lib/resources/read-resource.ts'
import { connect, newBrowser, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const set = (settings: Record<string, unknown>) => sandbox.control.set({ provider: 'openrouter', ...settings })
const KEYS = '/openrouter-web/api/v1/auth/keys'

const join = (org: TestOrganization, account = 'acme') =>
  connect(org.owner, { provider: 'openrouter', slot: 'organization', account })

async function connected(org: TestOrganization, account?: string): Promise<string> {
  const { connection } = await join(org, account)
  if (!connection) throw new Error('OpenRouter was not connected')
  return connection.id
}

test('T-CON-12 OpenRouter is asked with an S256 challenge and without any client, and the key comes for the verifier alone', async () => {
  const { owner } = await newOrganization()
  const [attempt, browser] = [randomUUID(), newBrowser()]
  const start = { provider: 'openrouter', slot: 'organization', attempt, via: 'form', browser } as const
  const { authorizeUrl } = await startConnect(owner.actor, start)
  const asked = new URL(authorizeUrl).searchParams
  expect([...asked.keys()]).toEqual(['callback_url', 'code_challenge', 'code_challenge_method'])
  expect(asked.get('code_challenge')).toMatch(/^[\w-]{43}$/)
  expect(asked.get('code_challenge_method')).toBe('S256')
  const url = new URL(await sandbox.consent(authorizeUrl, { account: 'acme' }))
  await completeConnect({ url, callback: 'openrouter', person: owner.person, browser })
  expect(await findAttempt(owner.actor, attempt)).toMatchObject({ status: 'succeeded' })
  const [call, ...more] = (await sandbox.control.log()).filter(({ path }) => path === KEYS)
  expect(more).toEqual([])
  expect(call?.body).toEqual(['code', 'code_verifier', 'code_challenge_method'])
  expect(JSON.stringify(await sandbox.control.log())).not.toMatch(/secret|client_id|basic/i)
})

test('the connection is the organization’s, under the label that OpenRouter gave the key, with nothing asked for and nothing missing', async () => {
  const org = await newOrganization()
  const { connection } = await join(org)
  expect(connection).toMatchObject({
    status: 'connected',
    signal: 'green',
    slot: 'organization',
    account: { label: 'localhost:3000' },
    scopes: { requested: [], granted: [], missing: [], extra: [] },
    expiresAt: null,
  })
})

test('a denial changes nothing; another browser’s answer is not taken; a used code opens nothing', async () => {
  const { owner } = await newOrganization()
  const denied = await connect(owner, { provider: 'openrouter', slot: 'organization', decision: 'deny' })
  expect(denied.attempt).toMatchObject({ status: 'denied' })
  const [attempt, browser] = [randomUUID(), newBrowser()]
  const start = { provider: 'openrouter', slot: 'organization', attempt, via: 'form', browser } as const
  const { authorizeUrl } = await startConnect(owner.actor, start)
  const url = new URL(await sandbox.consent(authorizeUrl, { account: 'acme' }))
  const arrival = { url, callback: 'openrouter', person: owner.person }
  expect(await completeConnect({ ...arrival, browser: newBrowser() })).toMatchObject({ problem: expect.any(String) })
  expect((await sandbox.control.log()).filter(({ path }) => path === KEYS)).toEqual([])
  url.searchParams.set('code', 'auth_code_nobody_was_given')
  await completeConnect({ ...arrival, browser })
  expect(await findAttempt(owner.actor, attempt)).toMatchObject({
    status: 'failed',
    problem: { kind: 'exchange_refused', code: 'invalid_grant' },
  })
})

test('a key that was made to end is shown with its end, and as ending when that is near', async () => {
  const org = await newOrganization()
  await set({ keySeconds: 5 * 86_400 })
  const { connection } = await join(org)
  expect(connection).toMatchObject({ status: 'connected', signal: 'amber', reasonCode: 'token_expiring' })
  expect(Date.parse(connection?.expiresAt ?? '') - Date.now()).toBeGreaterThan(4 * 86_400_000)
})

test('models are listed, found and read with context size and price, and their pages are where they are here', async () => {
  const org = await newOrganization()
  const id = await connected(org)
  const { actor } = await org.join('member', 'Priya Nair')
  const { items } = await listResources(actor, id, { kind: 'model', q: 'gpt-4o' })
  const model = items.find(({ title }) => title === 'OpenAI: GPT-4o')
  expect(model).toMatchObject({
    body: { model: 'openai/gpt-4o', contextLength: 128_000, inputPrice: '2.5', outputPrice: '10' },
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/openrouter-web\/openai\/gpt-4o$/),
  })
  expect(await readResource(actor, id, { kind: 'model', resource: model?.id ?? '' })).toMatchObject({
    title: 'OpenAI: GPT-4o',
  })
  for (const link of [model?.url ?? '', 'https://openrouter.ai/openai/gpt-4o'])
    expect(matchLink(link)).toEqual({ provider: 'openrouter', kind: 'model', id: model?.id })
})

test('out of credit is no dead key, and a deleted one is', async () => {
  const org = await newOrganization()
  const id = await connected(org)
  await set({ credits: -1 })
  expect(await verify(org.owner.actor, id)).toMatchObject({ status: 'connected' })
  await sandbox.control.revoke({ provider: 'openrouter', account: 'acme' })
  expect(await verify(org.owner.actor, id)).toMatchObject({ status: 'needs_reauth' })
})

test('a key that ended reads expired, and connecting again brings a new one under the same connection', async () => {
  const org = await newOrganization()
  await set({ keySeconds: 60 })
  const id = await connected(org)
  await sandbox.control.clock(120)
  const restore = shiftClock(120_000)
  try {
    expect(await verify(org.owner.actor, id)).toMatchObject({ status: 'expired' })
  } finally {
    restore()
  }
  await set({ keySeconds: null })
  expect(await connected(org)).toBe(id)
  expect(await findConnection(org.owner.actor, id)).toMatchObject({ status: 'connected', expiresAt: null })
})

test('who disconnects is told that the key lives on at OpenRouter, and where it is deleted', async () => {
  const org = await newOrganization()
  const id = await connected(org)
  expect(await disconnect(org.owner.actor, id)).toMatchObject({ revocation: 'not_offered' })
  const { slots } = await findProviderView(org.owner.actor, 'openrouter')
  expect(slots[0]).toMatchObject({ status: 'disconnected' })
})
