import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import path from 'node:path'
import { signWebhookPayload, verifyWebhookSignature } from '@notionhq/client'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '#sandbox/server.ts'
import { differences } from '#tests/support/answer-shape.ts'
import { notionClient } from '#tests/support/sandbox-notion.ts'

const STANDING = 'secret_sandboxnotionverification'
const EXAMPLES = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures/notion')
type Received = { path: string; headers: IncomingHttpHeaders; body: string }

let received: Received[] = []
const app = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts).toString() })
    response.writeHead(200).end('thanks')
  })
})

let sandbox: Sandbox
let notion: ReturnType<typeof notionClient>
let appUrl: string

beforeAll(async () => {
  app.listen(0, '127.0.0.1')
  await once(app, 'listening')
  const address = app.address()
  appUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`
  sandbox = await startSandbox({ port: 0, appUrl })
  notion = notionClient(sandbox.url, appUrl)
})
beforeEach(async () => {
  await notion.control.reset()
  received = []
})
afterAll(async () => {
  await sandbox.close()
  app.close()
})

const send = (delivery: Record<string, unknown> = {}) => notion.control.webhook('notion', delivery)
const signature = ({ headers }: Received): string => String(headers['x-notion-signature'])
const isSigned = (one: Received, verificationToken = STANDING) =>
  verifyWebhookSignature({ body: one.body, signature: signature(one), verificationToken })
const only = (): Received => {
  expect(received).toHaveLength(1)
  const [one] = received
  if (!one) throw new Error('nothing arrived')
  return one
}

test('the handshake brings a new key, signed with itself; what follows is signed with it', async () => {
  const { verificationToken } = await send({ event: 'verification' })
  const handshake = only()
  expect(handshake.path).toBe('/api/webhooks/notion/app')
  expect(JSON.parse(handshake.body)).toEqual({ verification_token: verificationToken })
  expect(await isSigned(handshake, String(verificationToken))).toBe(true)
  received = []
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
  received = []
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
  received = []
  await send({ mode: 'unsigned' })
  expect(only().headers).not.toHaveProperty('x-notion-signature')
})

test('a second attempt has the same id, a replay the same bytes, a late one an old time', async () => {
  await send({ mode: 'repeated' })
  const [first, second] = received.map(({ body }) => JSON.parse(body))
  expect([second.id, first.attempt_number, second.attempt_number]).toEqual([first.id, 1, 2])
  expect(await Promise.all(received.map((one) => isSigned(one)))).toEqual([true, true])
  received = []
  await send({ mode: 'replayed' })
  expect(received[1]?.body).toBe(received[0]?.body)
  received = []
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
