import { createHmac } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { newReceiver, type Received } from '#tests/support/new-receiver.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { CLIENT, intercomClient } from '#tests/support/sandbox-intercom.ts'

const app = await newReceiver()
const intercom = await newSandbox((url) => intercomClient(url, app.url), app.url)

const send = (delivery: Record<string, unknown> = {}) => intercom.control.webhook('intercom', delivery)
const signed = ({ body }: Received) => `sha1=${createHmac('sha1', CLIENT.client_secret).update(body).digest('hex')}`
const signature = ({ headers }: Received) => headers['x-hub-signature']
const bodies = () => app.received.map(({ body }) => JSON.parse(body))
const first = (): Received => app.received[0] ?? { path: '', headers: {}, body: '{}' }

test('a notification goes to the app’s one address, signed over its bytes with the client’s secret', async () => {
  expect(await send()).toEqual({ deliveries: [{ status: 200, response: 'thanks' }] })
  expect(first().path).toBe('/api/webhooks/intercom/app')
  expect(first().headers).toMatchObject({
    'content-type': 'application/json',
    'user-agent': 'intercom-parrot-service-client/1.0',
  })
  expect(signature(first())).toBe(signed(first()))
  expect(bodies()[0]).toMatchObject({
    type: 'notification_event',
    id: expect.stringMatching(/^notif_[0-9a-f-]{36}$/),
    topic: 'conversation.user.created',
    app_id: 'ac3kqx7w',
    delivery_attempts: 1,
    created_at: expect.any(Number),
    data: { type: 'notification_event_data', item: { type: 'conversation', id: '48201' } },
  })
})

test('the signature is HMAC-SHA1', async () => {
  // RFC 2202 section 3, test case 2
  await send({ secret: 'Jefe', payload: 'what do ya want for nothing?' })
  expect(signature(first())).toBe('sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79')
})

test('a delivery may be forged, unsigned, repeated, replayed or late', async () => {
  const received = async (mode: string): Promise<Received[]> => {
    app.received = []
    await send({ mode })
    return app.received
  }
  const [forged] = await received('forged')
  expect(forged && signature(forged)).toMatch(/^sha1=[0-9a-f]{40}$/)
  expect(forged && signature(forged)).not.toBe(forged && signed(forged))
  expect((await received('unsigned'))[0]?.headers).not.toHaveProperty('x-hub-signature')
  await received('repeated')
  expect(bodies().map(({ delivery_attempts }) => delivery_attempts)).toEqual([1, 2])
  expect(new Set(bodies().map(({ id }) => id)).size).toBe(1)
  const [one, same] = await received('replayed')
  expect(same?.body).toBe(one?.body)
  await received('late')
  expect(Date.now() / 1000 - bodies()[0].created_at).toBeGreaterThan(3500)
  expect(signature(first())).toBe(signed(first()))
})

test('each topic has its own item, and what was deleted only its ids', async () => {
  await send({ topic: 'conversation.deleted', about: '48202' })
  await send({ topic: 'contact.user.updated', about: 'ruth@calderbooks.example' })
  await send({ topic: 'contact.merged', about: 'ruth@calderbooks.example', mergedFrom: '6762f0f31bb69f9f2193bb8b' })
  await send({ topic: 'article.published', about: '9005' })
  await send({ topic: 'ping' })
  expect(bodies().map(({ data }) => data.item)).toMatchObject([
    { type: 'conversation', id: '48202' },
    { type: 'contact', name: 'Ruth Calder' },
    { merged_from: { type: 'contact', id: '6762f0f31bb69f9f2193bb8b' } },
    { type: 'article', title: 'Idempotency keys' },
    { type: 'ping' },
  ])
  expect(Object.keys(bodies()[0].data.item)).toEqual(['type', 'id'])
})

test('notifications of every workspace come to the same address', async () => {
  await send({ workspace: 'globex' })
  expect([first().path, bodies()[0].app_id]).toEqual(['/api/webhooks/intercom/app', 'gl0bexeu'])
})

test('the Developer Hub looks with HEAD whether the address answers', async () => {
  expect(await send({ topic: 'check' })).toMatchObject({ deliveries: [{ status: 200 }] })
  expect([first().path, first().body]).toEqual(['/api/webhooks/intercom/app', ''])
})

test('an uninstall is told at an address of its own, unsigned, where control asks for it', async () => {
  await intercom.tokenFor()
  await intercom.control.revoke({ provider: 'intercom', workspace: 'acme' })
  await intercom.set({ sendsEvents: true })
  const token = await intercom.tokenFor()
  expect(app.received).toEqual([])
  await intercom.post('/auth/uninstall', token, '{}')
  await vi.waitFor(() => expect(app.received).toHaveLength(1))
  expect([first().path, bodies()[0]]).toEqual(['/api/webhooks/intercom/uninstall', { app_id: 'ac3kqx7w' }])
  expect(first().headers).not.toHaveProperty('x-hub-signature')
  await send({ topic: 'uninstall', workspace: 'globex' })
  expect(bodies()[1]).toEqual({ app_id: 'gl0bexeu' })
})

test('control refuses an unknown topic, workspace, thing or mode', async () => {
  const wrong = [{ topic: 'weather.changed' }, { workspace: 'nowhere' }, { about: '1' }, { mode: 'odd' }]
  for (const delivery of wrong) await expect(send(delivery)).rejects.toThrow(': 400 ')
})
