import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { DANA, intercomClient, refusalOf } from '#tests/support/sandbox-intercom.ts'

const intercom = await newSandbox(intercomClient)
let token: string
beforeEach(async () => {
  token = await intercom.tokenFor()
})

const refused = async (path: string, headers: Record<string, string | null> = {}) =>
  refusalOf(await intercom.get(path, token, headers))
const statusOf = async (path: string) => (await intercom.get(path, token)).status
const INVALID = '401 unauthorized: Access Token Invalid'

test('a call without a token, or with one that is none, is refused and told nothing of limits', async () => {
  for (const authorization of [null, 'Bearer nonsense', token, `Basic ${token}`]) {
    const response = await intercom.get('/me', undefined, { authorization })
    expect([...response.headers.keys()].filter((name) => name.startsWith('x-ratelimit'))).toEqual([])
    expect(await refusalOf(response)).toBe(INVALID)
  }
})

test('a token works at the host of its own region only', async () => {
  await intercom.set({ hostRegion: 'EU' })
  expect(await refused('/me')).toBe(INVALID)
  await intercom.set({ hostRegion: 'US' })
  expect(await statusOf('/me')).toBe(200)
})

test('an answer that may not be JSON is refused', async () => {
  const message = '406 media_type_not_acceptable: The Accept header should send a media type of application/json'
  expect(await refused('/me', { accept: 'text/html' })).toBe(message)
  expect(await refused('/me', { accept: '' })).toBe(message)
  for (const accept of ['*/*', 'text/html, application/json;q=0.9'])
    expect((await intercom.get('/me', token, { accept })).status).toBe(200)
})

test('a call without a version gets the app’s own, which is an old one', async () => {
  const versionOf = async (version: string | null) =>
    (await intercom.get('/conversations/48201', token, { 'intercom-version': version })).json()
  const response = await intercom.get('/me', token, { 'intercom-version': null })
  expect(response.headers.get('intercom-version')).toBe('2.13')
  expect((await versionOf(null)).priority).toBe('priority')
  expect((await versionOf('2.15')).priority).toBe('priority')
  expect((await versionOf('2.16')).priority).toBe('urgent')
  await intercom.set({ defaultVersion: '2.16' })
  expect((await versionOf(null)).priority).toBe('urgent')
})

test('a version that there is not is refused', async () => {
  expect(await refused('/me', { 'intercom-version': '9.9' })).toBe(
    '400 intercom_version_invalid: The requested version could not be found',
  )
  expect(await refused('/me', { 'intercom-version': '2.1' })).toContain('is not simulated here')
})

test('what does not exist is a 404, a method that is not supported too', async () => {
  const missing = '404 not_found: Resource Not Found'
  for (const path of ['/nothing', '/conversations/1', '/contacts/1', '/articles/1', '/help_center/collections/1'])
    expect(await refused(path)).toBe(missing)
  expect(await refusalOf(await intercom.post('/me', token, {}))).toBe(missing)
  expect(await refused('/conversations/search')).toBe(missing)
})

test('another workspace’s things do not exist', async () => {
  expect(await statusOf('/conversations/61001')).toBe(404)
  expect(await statusOf('/articles/9501')).toBe(404)
})

test('what is not ticked for the app is refused, kind by kind', async () => {
  const PATHS = { conversations: '/conversations', contacts: '/contacts', articles: '/articles', admins: '/admins' }
  const all = Object.keys(PATHS)
  for (const [permission, path] of Object.entries(PATHS)) {
    await intercom.set({ permissions: all.filter((one) => one !== permission) })
    expect(await refused(path)).toBe('403 token_unauthorized: The token is not allowed to access this resource')
    for (const other of Object.values(PATHS).filter((one) => one !== path)) expect(await statusOf(other)).toBe(200)
  }
})

test('without app data the identity does not say which workspace it is', async () => {
  await intercom.set({ permissions: ['conversations', 'contacts', 'articles', 'admins'] })
  expect(await intercom.read('/me', token)).toMatchObject({ email: 'dana@acme.example', app: null })
})

test('a workspace whose plan has ended answers its identity and nothing else', async () => {
  await intercom.set({ workspace: { workspace: 'acme', plan: false } })
  for (const path of ['/conversations', '/conversations/48201', '/contacts', '/articles'])
    expect(await refused(path)).toBe('403 api_plan_restricted: Active subscription needed.')
  expect(await statusOf('/me')).toBe(200)
})

test('a minute’s limit is spread over windows of ten seconds, and every answer tells what is left', async () => {
  const before = Math.floor(Date.now() / 1000)
  const first = await intercom.get('/me', token)
  expect(first.headers.get('x-ratelimit-limit')).toBe('1667')
  expect(first.headers.get('x-ratelimit-remaining')).toMatch(/^166\d$/)
  const reset = Number(first.headers.get('x-ratelimit-reset'))
  expect(reset % 10).toBe(0)
  expect(reset).toBeGreaterThan(before)
  expect((await intercom.get('/nothing', token)).headers.get('x-ratelimit-limit')).toBe('1667')
})

test('beyond the limit the answer is 429 without Retry-After, until the window is over', async () => {
  await intercom.control.clock(10 - (Math.floor(Date.now() / 1000) % 10))
  await intercom.set({ rateRemaining: 0 })
  const limited = await intercom.get('/me', token)
  expect(limited.headers.get('retry-after')).toBeNull()
  expect(limited.headers.get('x-ratelimit-remaining')).toBe('0')
  expect(await refusalOf(limited)).toBe('429 rate_limit_exceeded: Exceeded rate limit of 1667 in 10_seconds')
  await intercom.control.clock(10)
  expect(await statusOf('/me')).toBe(200)
})

test('a workspace has a limit of its own beside the app’s', async () => {
  await intercom.set({ workspacePerMinute: 0 })
  expect(await refused('/me')).toBe('429 rate_limit_exceeded: Exceeded rate limit of 0 in 10_seconds')
  await intercom.set({ workspacePerMinute: 60 })
  expect((await intercom.get('/me', token)).headers.get('x-ratelimit-limit')).toBe('10')
})

test('control says what it does not know', async () => {
  const wrong = [
    { permissions: ['everything'] },
    { hostRegion: 'MOON' },
    { conversation: { workspace: 'nowhere' } },
    { conversation: { id: '1' } },
    { remove: { kind: 'article', id: '1' } },
  ]
  for (const settings of wrong) await expect(intercom.set(settings)).rejects.toThrow(': 400 ')
  await expect(intercom.control.revoke({ provider: 'intercom', account: 'nobody@acme' })).rejects.toThrow('no account')
  expect(await intercom.codeFor(DANA)).not.toBe('')
})
