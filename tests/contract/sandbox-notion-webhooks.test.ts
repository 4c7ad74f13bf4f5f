import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { signWebhookPayload, verifyWebhookSignature } from '@notionhq/client'
import { expect, test } from 'vitest'
import { differences } from '#tests/support/answer-shape.ts'
import { newReceiver, type Received } from '#tests/support/new-receiver.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { notionClient } from '#tests/support/sandbox-notion.ts'

const STANDING = 'secret_sandboxnotionverification'
const EXAMPLES = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures/notion')
const app = await newReceiver()
const notion = await newSandbox((url) => notionClient(url, app.url), app.url)

const send = (delivery: Record<string, unknown> = {}) => notion.control.webhook('notion', delivery)
const signature = ({ headers }: Received): string => String(headers['x-notion-signature'])
const isSigned = (one: Received, verificationToken = STANDING) =>
  verifyWebhookSignature({ body: one.body, signature: signature(one), verificationToken })
const only = (): Received => {
  expect(app.received).toHaveLength(1)
  const [one] = app.received
  if (!one) throw new Error('nothing arrived')
  return one
}

test('the handshake brings a new key, signed with itself; what follows is signed with it', async () => {
  const { verificationToken } = await send({ event: 'verification' })
  const handshake = only()
  expect(handshake.path).toBe('/api/webhooks/notion/app')
  expect(JSON.parse(handshake.body)).toEqual({ verification_token: verificationToken })
  expect(await isSigned(handshake, String(verificationToken))).toBe(true)
  app.received = []
  await send()
  expect([await isSigned(only()), await isSigned(only(), String(verificationToken))]).toEqual([false, true])
})

test('an event tells what happened to which page, and which connections see it', async () => {
  const [dana, sam] = [await notion.connect('dana@acme'), await notion.connect('sam@acme')]
  expect(await send()).toEqual({ deliveries: [{ status: 200, response: 'thanks' }] })
  const one = only()
  expect(await isSigned(one)).toBe(true)
  const event = JSON.parse(one.body)
  expect(event).toMatchObject({
    workspace_id: dana.workspace_id,
    workspace_name: 'Acme',
    type: 'page.content_updated',
    attempt_number: 1,
    api_version: '2026-03-11',
    entity: { type: 'page' },
    data: { parent: { id: dana.workspace_id, type: 'space' }, updated_blocks: [{ type: 'block' }] },
  })
  const bots = event.accessible_by.filter(({ type }: { type: string }) => type === 'bot')
  expect(bots.map(({ id }: { id: string }) => id)).toEqual([dana.bot_id, sam.bot_id])
  app.received = []
  await send({ page: 'Salaries 2026' })
  expect(JSON.parse(only().body).accessible_by).toHaveLength(2)
})

test('an event of a row names its data source', async () => {
  await send({ event: 'page.properties_updated', page: 'PostgreSQL 18' })
  const { data } = JSON.parse(only().body)
  expect(data.parent).toEqual({ id: expect.any(String), type: 'database', data_source_id: expect.any(String) })
  expect(data.updated_properties).toEqual(['title'])
})

test('a forged or unsigned delivery has no good signature', async () => {
  await send({ mode: 'forged' })
  expect(await isSigned(only())).toBe(false)
  app.received = []
  await send({ mode: 'unsigned' })
  expect(only().headers).not.toHaveProperty('x-notion-signature')
})

test('a second attempt has the same id, a replay the same bytes, a late one an old time', async () => {
  await send({ mode: 'repeated' })
  const [first, second] = app.received.map(({ body }) => JSON.parse(body))
  expect([second.id, first.attempt_number, second.attempt_number]).toEqual([first.id, 1, 2])
  expect(await Promise.all(app.received.map((one) => isSigned(one)))).toEqual([true, true])
  app.received = []
  await send({ mode: 'replayed' })
  expect(app.received[1]?.body).toBe(app.received[0]?.body)
  app.received = []
  await send({ mode: 'late' })
  expect(Date.now() - Date.parse(JSON.parse(only().body).timestamp)).toBeGreaterThan(3_590_000)
})

test('the signature is over the bytes as they are', async () => {
  const payload = '{ "id":"367cba44-b6f3-4c92-81e7-6a2e9659efd4",\n"type":"page.created"}'
  await send({ payload, secret: 'secret_other' })
  expect(only().body).toBe(payload)
  expect(signature(only())).toBe(await signWebhookPayload({ body: payload, verificationToken: 'secret_other' }))
})

test.skipIf(!existsSync(EXAMPLES)).each(['page-content-updated', 'page-created', 'page-properties-updated'])(
  'a %s has the fields of Notion’s own example (skipped where the examples are not at hand)',
  async (name) => {
    const { request } = JSON.parse(readFileSync(path.join(EXAMPLES, `webhook-${name}.json`), 'utf8'))
    await notion.connect()
    await send({ event: request.body.type, page: 'On-call' })
    expect(differences(request.body, JSON.parse(only().body), [/^api_version$/])).toEqual([])
  },
)
