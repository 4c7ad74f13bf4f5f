import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { newReceiver, type Received } from '#tests/support/new-receiver.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'

const app = await newReceiver(202)
const sentry = await newSandbox(sentryClient, app.url)

const SECRET = 'plugboard-sentry-client-secret'
const signed = (body: string, secret = SECRET) => createHmac('sha256', secret).update(body).digest('hex')
const send = async (delivery: Record<string, unknown> = {}) => {
  app.received = []
  const answer = await sentry.control.webhook('sentry', { subscription: 'one', secret: SECRET, ...delivery })
  return { answer, first: app.received[0], second: app.received[1] }
}

test('a delivery about an issue goes to the subscription, signed, with its own headers', async () => {
  const { answer, first } = await send({ issue: 'API-1', action: 'assigned' })
  expect(first?.path).toBe('/api/webhooks/sentry/one')
  expect(first?.headers).toMatchObject({
    'content-type': 'application/json',
    'request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'sentry-hook-resource': 'issue',
    'sentry-hook-timestamp': expect.stringMatching(/^\d{10}$/),
    'sentry-hook-signature': signed(first?.body ?? ''),
  })
  expect(answer).toEqual({ deliveries: [{ requestId: first?.headers['request-id'], status: 202, response: 'thanks' }] })
  expect(JSON.parse(first?.body ?? '')).toMatchObject({
    action: 'assigned',
    actor: { type: 'application', id: 'sentry', name: 'Sentry' },
    installation: { uuid: expect.any(String) },
    data: {
      issue: {
        shortId: 'API-1',
        count: '231',
        permalink: null,
        web_url: expect.stringMatching(/\/sentry-api\/organizations\/acme\/issues\/\d+\/$/),
      },
    },
  })
})

test('an integration signs with its own client secret', async () => {
  const { integration, clientSecret, installation } = await sentry.make()
  const { first } = await send({ integration, secret: undefined })
  expect(first?.headers['sentry-hook-signature']).toBe(signed(first?.body ?? '', clientSecret))
  expect(JSON.parse(first?.body ?? '').installation.uuid).toBe(installation)
  const standing = await send({ secret: undefined })
  expect(standing.first?.headers['sentry-hook-signature']).toBe(
    signed(standing.first?.body ?? '', 'sandbox-sentry-secret'),
  )
})

test('deliveries are signed as known vectors say', async () => {
  const vectors: [payload: Record<string, unknown>, signature: string][] = [
    [{ action: 'created' }, '7217512a0c4897c36f969295a15964a225347d704bfff62aa91639b7b5c8e5f2'],
    [
      {
        action: 'created',
        installation: { uuid: 'a8e5d37a-696c-4c54-adb5-b3f28d64c7de' },
        data: { issue: { id: '1170820242' } },
        actor: { type: 'application', id: 'sentry', name: 'Sentry' },
      },
      'e3a90b970decda368d3910dc694c8a5bd40ee8bee22a8dc4620728f0d6b0cc45',
    ],
  ]
  for (const [payload, signature] of vectors) {
    expect((await send({ payload })).first?.headers['sentry-hook-signature']).toBe(signature)
  }
})

test('deliveries can be forged, unsigned, repeated, replayed and late', async () => {
  const isSigned = (one: Received | undefined) => one?.headers['sentry-hook-signature'] === signed(one?.body ?? '')
  const id = (one: Received | undefined) => one?.headers['request-id']
  const forged = await send({ mode: 'forged' })
  expect([isSigned(forged.first), forged.first?.headers['sentry-hook-signature']]).toEqual([
    false,
    expect.stringMatching(/^[0-9a-f]{64}$/),
  ])
  expect((await send({ mode: 'unsigned' })).first?.headers).not.toHaveProperty('sentry-hook-signature')
  const repeated = await send({ mode: 'repeated' })
  expect([id(repeated.first) === id(repeated.second), isSigned(repeated.second)]).toEqual([true, true])
  const replayed = await send({ mode: 'replayed' })
  expect([id(replayed.first) === id(replayed.second), replayed.first?.body === replayed.second?.body]).toEqual([
    false,
    true,
  ])
  const late = await send({ mode: 'late' })
  expect(Date.now() / 1000 - Number(late.first?.headers['sentry-hook-timestamp'])).toBeGreaterThan(3500)
  expect(isSigned(late.first)).toBe(true)
})

test('an app that does not answer within a second is given up on', async () => {
  app.answerWith = null
  const { answer } = await send()
  expect(answer).toEqual({ deliveries: [{ requestId: expect.any(String), status: 0, response: '' }] })
})
