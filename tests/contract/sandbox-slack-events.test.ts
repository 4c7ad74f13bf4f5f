import { createHmac } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { newReceiver, type Received } from '#tests/support/new-receiver.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { slackClient } from '#tests/support/sandbox-slack.ts'

const SECRET = 'sandbox-slack-signing-secret'
const app = await newReceiver()
const slack = await newSandbox(slackClient, app.url)

const redirect_uri = () => `${app.url}/api/callback/slack`
const install = async () =>
  slack.exchange(await slack.codeFor('dana@acme-corp', { redirect_uri: redirect_uri() }), {
    redirect_uri: redirect_uri(),
  })
const send = (delivery: Record<string, unknown> = {}) => slack.control.webhook('slack', delivery)
const signed = ({ headers, body }: Received, secret = SECRET) =>
  `v0=${createHmac('sha256', secret)
    .update(`v0:${String(headers['x-slack-request-timestamp'])}:${body}`)
    .digest('hex')}`
const bodies = () => app.received.map(({ body }) => JSON.parse(body))
const first = (): Received => app.received[0] ?? { path: '', headers: {}, body: '{}' }

test('an event is delivered to the app’s request URL, signed over its time and bytes', async () => {
  await install()
  expect(await send()).toEqual({ deliveries: [{ status: 200, response: 'thanks' }] })
  expect(first().path).toBe('/api/webhooks/slack/app')
  expect(first().headers['content-type']).toBe('application/json')
  expect(first().headers['x-slack-signature']).toBe(signed(first()))
  expect(Math.abs(Number(first().headers['x-slack-request-timestamp']) - Date.now() / 1000)).toBeLessThan(60)
  expect(bodies()[0]).toMatchObject({
    type: 'event_callback',
    team_id: 'T05ACMECRP1',
    api_app_id: 'A07PLUGBRD1',
    event: { type: 'message', channel: 'C05ENGINR01', channel_type: 'channel', text: expect.any(String) },
    event_id: expect.stringMatching(/^Ev/),
    event_time: expect.any(Number),
    authorizations: [{ team_id: 'T05ACMECRP1', is_bot: true }],
  })
})

test('the signature is the one that Slack publishes for its example', async () => {
  // docs.slack.dev/authentication/verifying-requests-from-slack, the worked example
  const payload =
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
  await send({ secret: '8f742231b10e8888abcd99yyyzzz85a5', timestamp: 1_531_420_618, payload })
  expect(first().body).toBe(payload)
  expect(first().headers['x-slack-signature']).toBe(
    'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  )
})

test('a delivery may be forged, unsigned, repeated, replayed or late', async () => {
  await send({ mode: 'forged' })
  expect(first().headers['x-slack-signature']).toMatch(/^v0=[0-9a-f]{64}$/)
  expect(first().headers['x-slack-signature']).not.toBe(signed(first()))
  app.received = []
  await send({ mode: 'unsigned' })
  expect(first().headers).not.toHaveProperty('x-slack-signature')
  app.received = []
  await send({ mode: 'repeated' })
  expect(app.received).toHaveLength(2)
  expect(app.received[1]?.body).toBe(app.received[0]?.body)
  expect(app.received[1]?.headers).toMatchObject({ 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' })
  app.received = []
  await send({ mode: 'replayed' })
  const [now, old] = app.received.map(({ headers }) => Number(headers['x-slack-request-timestamp']))
  expect((now ?? 0) - (old ?? 0)).toBeGreaterThanOrEqual(600)
  app.received = []
  await send({ mode: 'late' })
  expect(Date.now() / 1000 - bodies()[0].event_time).toBeGreaterThan(3500)
  expect(first().headers['x-slack-signature']).toBe(signed(first()))
})

test('the handshake and the notice of too many events have no envelope', async () => {
  await send({ event: 'url_verification' })
  await send({ event: 'app_rate_limited' })
  expect(bodies()).toMatchObject([
    { type: 'url_verification', challenge: expect.any(String) },
    { type: 'app_rate_limited', team_id: 'T05ACMECRP1', minute_rate_limited: expect.any(Number) },
  ])
})

test('each event says what Slack says of it', async () => {
  const events = ['channel_created', 'channel_rename', 'channel_archive', 'channel_deleted', 'member_joined_channel']
  for (const event of events) await send({ event, channel: 'design' })
  expect(bodies().map(({ event }) => event)).toMatchObject([
    { type: 'channel_created', channel: { id: 'C05DESIGN01', name: 'design' } },
    { type: 'channel_rename', channel: { id: 'C05DESIGN01', name: 'design' } },
    { type: 'channel_archive', channel: 'C05DESIGN01', user: 'U05DANAKWL1' },
    { type: 'channel_deleted', channel: 'C05DESIGN01' },
    { type: 'member_joined_channel', channel: 'C05DESIGN01', team: 'T05ACMECRP1' },
  ])
})

test('removing the app is told by two events where control asks for them, and by none otherwise', async () => {
  await install()
  await slack.control.revoke({ provider: 'slack', workspace: 'acme-corp' })
  await slack.control.set({ provider: 'slack', sendsEvents: true })
  const { bot_user_id } = await install()
  expect(app.received).toEqual([])
  await slack.control.revoke({ provider: 'slack', workspace: 'acme-corp' })
  await vi.waitFor(() => expect(app.received).toHaveLength(2))
  expect(bodies().map(({ event }) => event)).toMatchObject([
    { type: 'tokens_revoked', tokens: { oauth: [], bot: [bot_user_id] } },
    { type: 'app_uninstalled' },
  ])
})

test('control refuses an unknown channel, workspace or mode', async () => {
  for (const wrong of [{ channel: 'nowhere' }, { workspace: 'nowhere' }, { mode: 'odd' }])
    await expect(send(wrong)).rejects.toThrow(': 400 ')
})
