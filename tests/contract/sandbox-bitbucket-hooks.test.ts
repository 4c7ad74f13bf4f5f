import { createHmac } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { newReceiver } from '#tests/support/new-receiver.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { bitbucketClient, DANA, type Pair, SAM } from '#tests/support/sandbox-bitbucket.ts'

const SECRET = "It's a Secret to Everybody"
const app = await newReceiver()
const bitbucket = await newSandbox(bitbucketClient, app.url)
let dana: Pair

beforeEach(async () => {
  dana = await bitbucket.tokenFor()
})

const HOOKS = '/repositories/acme/orders-mobile/hooks'
const PUSH = ['repo:push', 'pullrequest:created', 'pullrequest:fulfilled', 'pullrequest:rejected']
const hook = (more: object = {}) => ({
  description: 'Plugboard',
  url: `${app.url}/api/webhooks/bitbucket/one`,
  active: true,
  secret: SECRET,
  events: PUSH,
  ...more,
})
const make = async (more?: object, at = HOOKS) => (await bitbucket.send('POST', at, hook(more), dana)).json()
const at = (uuid: string) => `${HOOKS}/${encodeURIComponent(uuid)}`
const deliver = (what: object = {}) =>
  bitbucket.control.webhook('bitbucket', { repository: 'acme/orders-mobile', ...what })
const signed = (body: string, secret = SECRET) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

test('a new hook says that it has a secret, and never which', async () => {
  const response = await bitbucket.send('POST', HOOKS, hook(), dana)
  const text = await response.text()
  expect(response.status).toBe(201)
  expect(text).not.toContain(SECRET)
  expect(JSON.parse(text)).toMatchObject({
    type: 'webhook_subscription',
    uuid: expect.stringMatching(/^\{[0-9a-f-]{36}\}$/),
    active: true,
    events: PUSH,
    secret_set: true,
    history_enabled: false,
    subject: { type: 'repository', full_name: 'acme/orders-mobile' },
  })
  expect(await make({ secret: undefined })).toMatchObject({ secret_set: false })
})

test('a hook is found by its UUID with the braces, changed and deleted', async () => {
  const { uuid } = await make()
  expect((await bitbucket.api(at(uuid), dana)).status).toBe(200)
  expect((await bitbucket.api(`${HOOKS}/${uuid.slice(1, -1)}`, dana)).status).toBe(400)
  const changed = await bitbucket.send('PUT', at(uuid), hook({ active: false, secret: undefined }), dana)
  expect(await changed.json()).toMatchObject({ uuid, active: false, secret_set: true })
  expect(await (await bitbucket.send('PUT', at(uuid), hook({ secret: null }), dana)).json()).toMatchObject({
    secret_set: false,
  })
  expect((await bitbucket.api(at(uuid), dana, { method: 'DELETE' })).status).toBe(204)
  expect((await bitbucket.api(at(uuid), dana, { method: 'DELETE' })).status).toBe(404)
  expect(await bitbucket.values(HOOKS, dana)).toEqual([])
})

test('a hook that makes no sense is refused', async () => {
  for (const wrong of [
    { events: [] },
    { events: ['push'] },
    { url: 'not an address' },
    { url: 'ftp://example.com/' },
    { url: 'http://localhost:9/' },
    { url: 'http://10.0.0.8/hook' },
    { url: undefined },
    { secret: 'x'.repeat(129) },
  ]) {
    expect([wrong, (await bitbucket.send('POST', HOOKS, hook(wrong), dana)).status]).toEqual([wrong, 400])
  }
  expect((await bitbucket.send('POST', HOOKS, hook({ secret: 'x'.repeat(128) }), dana)).status).toBe(201)
  const form = await bitbucket.api(HOOKS, dana, { method: 'POST', body: new URLSearchParams({ url: app.url }) })
  expect(form.status).toBe(415)
})

test('hooks need an administrator: of the repository, or of the workspace', async () => {
  const sam = await bitbucket.tokenFor(SAM)
  expect((await bitbucket.send('POST', HOOKS, hook(), sam)).status).toBe(403)
  expect((await bitbucket.api(HOOKS, sam)).status).toBe(403)
  expect((await bitbucket.send('POST', '/repositories/acme/label-printer/hooks', hook(), sam)).status).toBe(201)
  expect((await bitbucket.send('POST', '/workspaces/acme/hooks', hook(), sam)).status).toBe(403)
  expect((await bitbucket.send('POST', '/workspaces/acme/hooks', hook(), dana)).status).toBe(201)
})

test('a hook needs the scope of hooks and of everything it tells of', async () => {
  const statusWith = async (scopes: string[], events: string[]) => {
    const as = await bitbucket.tokenFor(DANA, { scopes: scopes.map((scope) => `${scope}:bitbucket`) })
    return (await bitbucket.send('POST', HOOKS, hook({ events }), as)).status
  }
  expect(await statusWith(['read:repository', 'read:webhook'], ['repo:push'])).toBe(403)
  expect(await statusWith(['write:webhook'], ['repo:push'])).toBe(403)
  expect(await statusWith(['write:webhook', 'read:repository'], ['repo:push'])).toBe(201)
  expect(await statusWith(['write:webhook', 'read:repository'], ['repo:push', 'pullrequest:created'])).toBe(403)
  expect(await statusWith(['write:webhook', 'read:pullrequest'], ['pullrequest:created'])).toBe(201)
  const { uuid } = await make()
  const writer = await bitbucket.tokenFor(DANA, { scopes: ['write:webhook:bitbucket'] })
  expect((await bitbucket.api(at(uuid), writer, { method: 'DELETE' })).status).toBe(403)
  expect((await bitbucket.api(HOOKS, writer)).status).toBe(403)
})

test('a push is delivered with its event, its ids and a signature in X-Hub-Signature', async () => {
  const { uuid } = await make()
  await deliver()
  const [push] = app.received
  expect(push?.path).toBe('/api/webhooks/bitbucket/one')
  expect(push?.headers).toMatchObject({
    'content-type': 'application/json',
    'x-event-key': 'repo:push',
    'x-hook-uuid': uuid.slice(1, -1),
    'x-request-uuid': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'x-attempt-number': '1',
    'x-hub-signature': signed(push?.body ?? ''),
  })
  expect(push?.headers).not.toHaveProperty('x-hub-signature-256')
  expect(JSON.parse(push?.body ?? '')).toMatchObject({
    push: {
      changes: [{ created: false, closed: false, truncated: false, new: { name: 'main' }, old: { name: 'main' } }],
    },
    repository: { full_name: 'acme/orders-mobile' },
    actor: { nickname: 'sam' },
  })
})

test('a branch that is made has nothing before it, one that is deleted nothing after', async () => {
  await make()
  const changeOf = async (what: object) => {
    app.received.length = 0
    await deliver({ branch: 'feature/backoff', ...what })
    return JSON.parse(app.received[0]?.body ?? '').push.changes[0]
  }
  expect(await changeOf({ change: 'created' })).toMatchObject({
    created: true,
    old: null,
    new: { name: 'feature/backoff' },
  })
  expect(await changeOf({ change: 'closed' })).toMatchObject({ closed: true, new: null, commits: [] })
  expect(await changeOf({ isTruncated: true })).toMatchObject({ truncated: true })
})

test('a pull request is delivered as merged by the name fulfilled', async () => {
  await make()
  await deliver({ event: 'pullrequest:fulfilled', number: 1, actor: DANA })
  const body = JSON.parse(app.received[0]?.body ?? '')
  expect(app.received[0]?.headers['x-event-key']).toBe('pullrequest:fulfilled')
  expect(body).toMatchObject({ pullrequest: { id: 1, state: 'MERGED' }, actor: { nickname: 'dana' } })
  expect(body.pullrequest.source.commit.hash).toHaveLength(12)
})

test('only hooks that listen and are active are told, a workspace’s for all of its repositories', async () => {
  await make({ events: ['repo:fork'] })
  await make({ active: false })
  await expect(deliver()).rejects.toThrow(': 400 ')
  await make({ url: `${app.url}/api/webhooks/bitbucket/all` }, '/workspaces/acme/hooks')
  await deliver()
  expect(app.received.map(({ path }) => path)).toEqual(['/api/webhooks/bitbucket/all'])
})

test('a delivery is tried three times after a 5xx, under the same id, and once after anything else', async () => {
  await make()
  app.answerWith = 503
  expect(await deliver()).toMatchObject({ deliveries: [{ attempts: 3, status: 503 }] })
  expect(app.received.map(({ headers }) => headers['x-attempt-number'])).toEqual(['1', '2', '3'])
  expect(new Set(app.received.map(({ headers }) => headers['x-request-uuid'])).size).toBe(1)
  app.received.length = 0
  app.answerWith = 410
  expect(await deliver()).toMatchObject({ deliveries: [{ attempts: 1, status: 410 }] })
  expect(app.received).toHaveLength(1)
})

test('what is larger than 256 KB is not sent', async () => {
  await make()
  expect(await deliver({ payload: { text: 'x'.repeat(256 * 1024) } })).toEqual({ deliveries: [] })
  expect(app.received).toEqual([])
})

test('deliveries can be forged, unsigned, repeated, replayed and late', async () => {
  await make()
  const send = async (mode: string) => {
    app.received.length = 0
    await deliver({ mode })
    return [...app.received]
  }
  const ids = (deliveries: typeof app.received) =>
    new Set(deliveries.map(({ headers }) => headers['x-request-uuid'])).size
  const [forged] = await send('forged')
  expect(forged?.headers['x-hub-signature']).toMatch(/^sha256=[0-9a-f]{64}$/)
  expect(forged?.headers['x-hub-signature']).not.toBe(signed(forged?.body ?? ''))
  expect((await send('unsigned'))[0]?.headers).not.toHaveProperty('x-hub-signature')
  const repeated = await send('repeated')
  expect([repeated.length, ids(repeated), repeated[0]?.body === repeated[1]?.body]).toEqual([2, 1, true])
  const replayed = await send('replayed')
  expect([replayed.length, ids(replayed), replayed[0]?.body === replayed[1]?.body]).toEqual([2, 2, true])
  const [late] = await send('late')
  expect(Date.now() - Date.parse(String(late?.headers['x-event-time']))).toBeGreaterThan(3_500_000)
})

test('a hook without a secret sends no signature', async () => {
  await make({ secret: undefined })
  await deliver()
  expect(app.received[0]?.headers).not.toHaveProperty('x-hub-signature')
})

test('a delivery is signed as a known vector says', async () => {
  await deliver({ subscription: 'three', secret: 'plugboard-bb-secret', payload: { push: { changes: [] } } })
  expect(app.received[0]?.headers['x-hub-signature']).toBe(
    'sha256=47ac53272bced062a1b31e9aadd2f096b3dd8198a006d8a6a22911a52654cb43',
  )
})

test('which events there are is public', async () => {
  const answer = await (await bitbucket.api('/hook_events/repository')).json()
  expect(answer.pagelen).toBe(30)
  expect(answer.values.map(({ event }: { event: string }) => event)).toEqual(expect.arrayContaining(PUSH))
  expect((await bitbucket.api('/hook_events/planet')).status).toBe(404)
})
