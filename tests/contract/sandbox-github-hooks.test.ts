import { createHmac } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import { newReceiver, type Received } from '#tests/support/new-receiver.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { githubClient } from '#tests/support/sandbox-github.ts'

const SECRET = 'It is a secret'
const app = await newReceiver()
const github = await newSandbox(githubClient, app.url)
let token: string

beforeEach(async () => {
  token = String(
    (await github.control.set({ provider: 'github', makePat: { account: 'dana-k', scopes: ['repo'] } })).token,
  )
})

const call = (method: string, path: string, body?: unknown, as = token) =>
  fetch(`${github.url}/github-api/repos/acme/api/hooks${path}`, {
    method,
    headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const hook = (config: object = {}) => ({
  events: ['push', 'pull_request'],
  config: { url: `${app.url}/api/webhooks/github/one`, content_type: 'json', secret: SECRET, ...config },
})
const signed = (body: string) => `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`
const pinged = () => vi.waitFor(() => expect(app.received).toHaveLength(1))

test('a new hook hides its secret and is pinged with a signature', async () => {
  const response = await call('POST', '', hook())
  expect(response.status).toBe(201)
  const made = await response.json()
  expect(response.headers.get('location')).toBe(made.url)
  expect(made).toMatchObject({ type: 'Repository', active: true, config: { content_type: 'json', secret: '********' } })
  await pinged()
  const [ping] = app.received
  expect(ping?.path).toBe('/api/webhooks/github/one')
  expect(ping?.headers).toMatchObject({
    'x-github-event': 'ping',
    'x-github-hook-id': String(made.id),
    'x-github-hook-installation-target-type': 'repository',
    'x-github-hook-installation-target-id': '710001',
    'content-type': 'application/json',
    'x-hub-signature-256': signed(ping?.body ?? ''),
  })
  expect(ping?.headers['user-agent']).toMatch(/^GitHub-Hookshot\//)
  expect(JSON.parse(ping?.body ?? '')).toMatchObject({ hook_id: made.id, repository: { full_name: 'acme/api' } })
})

test('the content type is a form unless JSON is asked for', async () => {
  const made = await (await call('POST', '', hook({ content_type: undefined }))).json()
  expect(made.config.content_type).toBe('form')
  await pinged()
  expect(app.received[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded')
  expect(new URLSearchParams(app.received[0]?.body).get('payload')).toContain('"hook_id"')
})

test('without a secret there is no signature', async () => {
  await call('POST', '', hook({ secret: undefined }))
  await pinged()
  expect(app.received[0]?.headers).not.toHaveProperty('x-hub-signature-256')
})

test('hooks need an administrator of the repository and a scope for them', async () => {
  const as = async (account: string, scopes: string[]) =>
    String((await github.control.set({ provider: 'github', makePat: { account, scopes } })).token)
  expect((await call('POST', '', hook(), await as('sam-o', ['repo']))).status).toBe(404)
  expect((await call('POST', '', hook(), await as('dana-k', ['read:user']))).status).toBe(404)
  expect((await call('POST', '', hook(), await as('dana-k', ['read:repo_hook']))).status).toBe(404)
  const hooksOnly = await as('dana-k', ['admin:repo_hook'])
  expect((await call('POST', '', hook(), hooksOnly)).status).toBe(201)
  expect((await github.api('/repos/acme/api', hooksOnly)).status).toBe(404)
  expect((await call('GET', '', undefined, hooksOnly)).status).toBe(200)
  expect((await call('GET', '', undefined, await as('dana-k', ['read:repo_hook']))).status).toBe(200)
  const profileOnly = await as('dana-k', ['read:user'])
  expect((await github.api('/repos/acme/web', profileOnly)).status).toBe(200)
  expect((await github.api('/repos/acme/web/hooks', profileOnly)).status).toBe(404)
})

test('the same address twice, or none, is a 422', async () => {
  await call('POST', '', hook())
  expect((await call('POST', '', hook())).status).toBe(422)
  expect((await call('POST', '', { config: {} })).status).toBe(422)
})

test('a deleted hook is gone', async () => {
  const { id } = await (await call('POST', '', hook())).json()
  expect((await call('GET', `/${id}`)).status).toBe(200)
  expect((await call('DELETE', `/${id}`)).status).toBe(204)
  expect((await call('DELETE', `/${id}`)).status).toBe(404)
  expect(await (await call('GET', '')).json()).toEqual([])
})

test('a failed delivery is listed, is not retried, and is sent again on request byte for byte under its own id', async () => {
  app.answerWith = 503
  const { id } = await (await call('POST', '', hook())).json()
  await pinged()
  const list = await vi.waitFor(async () => {
    const deliveries = await (await call('GET', `/${id}/deliveries`)).json()
    expect(deliveries).toHaveLength(1)
    return deliveries
  })
  expect(list[0]).toMatchObject({ status_code: 503, event: 'ping', redelivery: false })
  expect(list[0].status).not.toBe('OK')
  app.answerWith = 200
  expect((await call('POST', `/${id}/deliveries/${list[0].id}/attempts`)).status).toBe(202)
  expect(app.received).toHaveLength(2)
  expect(app.received[1]?.body).toBe(app.received[0]?.body)
  expect(app.received[1]?.headers['x-github-delivery']).toBe(app.received[0]?.headers['x-github-delivery'])
  const [again] = await (await call('GET', `/${id}/deliveries`)).json()
  expect(again).toMatchObject({ status: 'OK', status_code: 200, redelivery: true, guid: list[0].guid })
})

test('only the application is ever called', async () => {
  const { id } = await (await call('POST', '', hook({ url: `${github.url}/github-api/user` }))).json()
  await vi.waitFor(async () => {
    const [delivery] = await (await call('GET', `/${id}/deliveries`)).json()
    expect(delivery).toMatchObject({ status: 'failed to connect to host', status_code: 0 })
  })
  expect((await github.control.log()).filter(({ path }) => path === '/github-api/user')).toEqual([])
})

test('control sends signed, forged, unsigned, repeated, replayed and late deliveries', async () => {
  const send = async (mode: string) => {
    app.received = []
    const delivery = { repository: 'acme/api', event: 'push', mode, subscription: 'two', secret: SECRET }
    const { deliveries } = await github.control.webhook('github', delivery)
    expect(deliveries).toEqual(
      app.received.map(({ headers }) => ({ guid: headers['x-github-delivery'], status: 200, response: 'thanks' })),
    )
    return app.received
  }
  const isSigned = ({ headers, body }: Received) => headers['x-hub-signature-256'] === signed(body)
  const ids = (all: Received[]) => new Set(all.map(({ headers }) => headers['x-github-delivery'])).size

  const [push] = await send('signed')
  expect(push?.path).toBe('/api/webhooks/github/two')
  expect(push && isSigned(push)).toBe(true)
  expect(JSON.parse(push?.body ?? '')).toMatchObject({ ref: 'refs/heads/main', repository: { full_name: 'acme/api' } })

  const [forged] = await send('forged')
  expect(forged?.headers['x-hub-signature-256']).toMatch(/^sha256=[0-9a-f]{64}$/)
  expect(forged && isSigned(forged)).toBe(false)
  expect((await send('unsigned'))[0]?.headers).not.toHaveProperty('x-hub-signature-256')

  const repeated = await send('repeated')
  expect([repeated.length, ids(repeated), repeated[0]?.body === repeated[1]?.body]).toEqual([2, 1, true])
  const replayed = await send('replayed')
  expect([replayed.length, ids(replayed), replayed[0]?.body === replayed[1]?.body]).toEqual([2, 2, true])

  const [late] = await send('late')
  expect(Date.now() - Date.parse(JSON.parse(late?.body ?? '').repository.updated_at)).toBeGreaterThan(3_500_000)
})

test('a delivery is signed as a known vector says', async () => {
  const payload = { zen: 'Keep it logically awesome.', hook_id: 1 }
  await github.control.webhook('github', {
    repository: 'acme/api',
    event: 'ping',
    subscription: 'three',
    secret: 'plugboard-gh-secret',
    payload,
  })
  expect(app.received[0]?.headers['x-hub-signature-256']).toBe(
    'sha256=0d55d47eb52f0060c54ef5343ee9ffb3b391d18045bab43baf538526fe31ccaf',
  )
})
