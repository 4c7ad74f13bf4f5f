import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { newReceiver, type Received } from '#tests/support/new-receiver.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { DANA, SECRET_TOKEN, zoomClient } from '#tests/support/sandbox-zoom.ts'

const app = await newReceiver()
const zoom = await newSandbox((url) => zoomClient(url, app.url), app.url)

const send = (delivery: Record<string, unknown> = {}) => zoom.control.webhook('zoom', delivery)
const hmac = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex')
const stamp = ({ headers }: Received): string => String(headers['x-zm-request-timestamp'])
const isSigned = (one: Received, secret = SECRET_TOKEN): boolean =>
  one.headers['x-zm-signature'] === `v0=${hmac(secret, `v0:${stamp(one)}:${one.body}`)}`
const only = (): Received => {
  expect(app.received).toHaveLength(1)
  const [one] = app.received
  if (!one) throw new Error('nothing arrived')
  return one
}
const event = () => JSON.parse(only().body)

test('a delivery is signed over its bytes and the second it was sent', async () => {
  expect(await send()).toEqual({ deliveries: [{ status: 200, response: 'thanks' }] })
  const one = only()
  expect([one.path, isSigned(one), isSigned(one, 'another')]).toEqual(['/api/webhooks/zoom/app', true, false])
  expect(Math.abs(Number(stamp(one)) - Date.now() / 1000)).toBeLessThan(30)
  expect(one.headers['x-zm-trackingid']).toMatch(/rid=WEBHOOK_/)
})

test('the signatures are those that Zoom’s own code makes', async () => {
  const secret = 'zoom-secret-token-0123456789'
  const payload =
    '{"event":"recording.completed","event_ts":1700000000123,"payload":{"account_id":"AAAAAABBBB","object":{"id":1234567890,"uuid":"4444AAAiAAAAAiAiAiiAii=="}}}'
  await send({ payload, secret, timestamp: 1_700_000_000 })
  expect(only().body).toBe(payload)
  expect(only().headers['x-zm-signature']).toBe('v0=e263bbff8d35b0aced9a27f084b7d73112de0edd07244d086f1cee749d26223e')
  app.received = []
  const validation =
    '{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"},"event_ts":1654503849680}'
  await send({ event: 'endpoint.url_validation', payload: validation, secret, timestamp: 1_700_000_000 })
  expect(only().headers['x-zm-signature']).toBe('v0=42a10bc824c375e04ea2e533182993f16af7e50b46b728ed31f2587190c2ca64')
})

test('an event of a meeting writes its number as text, one of a recording as a number, with a token for its files', async () => {
  await send({ event: 'meeting.ended', meeting: 'Sound check' })
  const ended = event()
  expect(ended).toMatchObject({ event: 'meeting.ended', payload: { object: { topic: 'Sound check', type: 2 } } })
  expect([typeof ended.payload.object.id, ended.payload.object.end_time]).toEqual(['string', expect.any(String)])
  app.received = []
  await send()
  const { download_token, payload } = event()
  expect([typeof payload.object.id, payload.object.recording_files.length]).toEqual(['number', 2])
  const [file] = payload.object.recording_files
  const headers = { authorization: `Bearer ${download_token}` }
  expect((await fetch(file.download_url, { headers })).status).toBe(200)
})

test('that a transcript is done comes with its one file; that a recording is trashed or deleted with none', async () => {
  await send({ event: 'recording.transcript_completed' })
  const { payload } = event()
  expect(payload.object.recording_files).toMatchObject([{ file_type: 'TRANSCRIPT', file_extension: 'VTT' }])
  for (const name of ['recording.trashed', 'recording.deleted']) {
    app.received = []
    await send({ event: name })
    expect([event().event, 'download_token' in event()]).toEqual([name, false])
    expect(event().payload.object).not.toHaveProperty('recording_files')
  }
})

test('an event says whose it is: the account and the host as the API names them', async () => {
  const { id, account_id } = await zoom.read('/users/me', await zoom.tokenFor())
  await send()
  expect(event().payload).toMatchObject({ account_id, object: { host_id: id } })
})

test('a forged or unsigned delivery has no good signature, a replayed one an old time, a late one old news', async () => {
  await send({ mode: 'forged' })
  expect(isSigned(only())).toBe(false)
  app.received = []
  await send({ mode: 'unsigned' })
  expect(only().headers).not.toHaveProperty('x-zm-signature')
  app.received = []
  await send({ mode: 'replayed' })
  expect([isSigned(only()), Date.now() / 1000 - Number(stamp(only())) > 590]).toEqual([true, true])
  app.received = []
  await send({ mode: 'late' })
  expect([isSigned(only()), Date.now() - event().event_ts > 3_590_000]).toEqual([true, true])
})

test('a repeated delivery is the same body, and no id tells that it is', async () => {
  await send({ mode: 'repeated' })
  const [first, second] = app.received
  expect([app.received.length, first?.body === second?.body]).toEqual([2, true])
  expect(first?.headers['x-zm-trackingid']).not.toBe(second?.headers['x-zm-trackingid'])
})

test('that somebody removed the app names them; an app that is not published is never told', async () => {
  await send({ event: 'app_deauthorized', account: 'sam@acme.example' })
  const { id, account_id } = await zoom.read('/users/me', await zoom.tokenFor('sam@acme.example'))
  expect(event().payload).toEqual({
    account_id,
    user_id: id,
    client_id: 'sandbox-zoom',
    deauthorization_time: expect.any(String),
    signature: expect.any(String),
  })
  await zoom.set({ published: false })
  await expect(send({ event: 'app_deauthorized' })).rejects.toThrow(': 400 ')
})

test('the app is told by itself when somebody removes it, where that is turned on', async () => {
  const hear = async (settings: Record<string, unknown>) => {
    await zoom.set(settings)
    await zoom.tokenFor()
    await zoom.control.revoke({ provider: 'zoom', account: DANA })
    await send({ event: 'meeting.started' })
    return app.received.map(({ body }) => JSON.parse(body).event).toSorted()
  }
  expect(await hear({})).toEqual(['meeting.started'])
  app.received = []
  expect(await hear({ sendsEvents: true, published: false })).toEqual(['meeting.started'])
  app.received = []
  await hear({ published: true })
  await expect.poll(() => app.received.map(({ body }) => JSON.parse(body).event)).toContain('app_deauthorized')
})

test('an endpoint that answers late or wrongly is seen as that', async () => {
  app.answerWith = 500
  expect(await send()).toEqual({ deliveries: [{ status: 500, response: 'thanks' }] })
})

const endpoint = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const { event: name, payload } = JSON.parse(Buffer.concat(parts).toString())
    heard.push(name)
    const plainToken = payload.plainToken ?? ''
    response.end(JSON.stringify({ plainToken, encryptedToken: hmac(knows, plainToken) }))
  })
})
let heard: string[] = []
let knows = SECRET_TOKEN
await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve))
const address = endpoint.address()
const proving = await newSandbox(
  zoomClient,
  `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`,
)
afterAll(() => void endpoint.close())
beforeEach(() => {
  heard = []
  knows = SECRET_TOKEN
})
const VALIDATION = 'endpoint.url_validation'

test('an endpoint is validated by what it makes of a word with the secret token', async () => {
  const validate = (delivery = {}) => proving.control.webhook('zoom', { event: VALIDATION, ...delivery })
  expect(await validate()).toMatchObject({ validation: 'passed' })
  const { deliveries } = await validate({
    secret: 'zoom-secret-token-0123456789',
    plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
  })
  expect(deliveries).toMatchObject([{ status: 200 }])
  knows = 'another'
  expect(await validate()).toMatchObject({ validation: 'failed' })
})

test('the answer to a word is the one of Zoom’s own sample', async () => {
  knows = 'zoom-secret-token-0123456789'
  const said = await proving.control.webhook('zoom', {
    event: VALIDATION,
    secret: knows,
    plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
  })
  expect(JSON.stringify(said)).toContain('fa52ecf98b4919aaa696f04cdc156ea40b1eba020707f76b8c9e455168295b87')
  expect(said).toMatchObject({ validation: 'passed' })
})

test('after seventy-two hours an endpoint is validated again before it gets an event, and gets none if it fails', async () => {
  await proving.control.webhook('zoom', {})
  expect(heard).toEqual(['recording.completed'])
  await proving.control.clock(72 * 3600)
  expect(await proving.control.webhook('zoom', {})).toMatchObject({ validation: 'passed' })
  expect(heard.slice(1)).toEqual([VALIDATION, 'recording.completed'])
  await proving.control.webhook('zoom', {})
  expect(heard).toHaveLength(4)
  await proving.control.clock(72 * 3600)
  knows = 'another'
  expect(await proving.control.webhook('zoom', {})).toMatchObject({ validation: 'failed' })
  expect(heard.slice(4)).toEqual([VALIDATION])
})
