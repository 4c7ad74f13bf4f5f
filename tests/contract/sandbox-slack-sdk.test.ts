import { ErrorCode, LogLevel, WebClient } from '@slack/web-api'
import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { CLIENT, REDIRECT_URI, slackClient } from '#tests/support/sandbox-slack.ts'

const slack = await newSandbox(slackClient)

const client = (token?: string) =>
  new WebClient(token, {
    slackApiUrl: `${slack.web}/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  })
const engineering = 'C05ENGINR01'

async function install() {
  const code = await slack.codeFor('dana@acme-corp', { user_scope: 'search:read' })
  const answer = await client().oauth.v2.access({ ...CLIENT, code, redirect_uri: REDIRECT_URI })
  return { bot: answer.access_token ?? '', person: answer.authed_user?.access_token ?? '', answer }
}

test('the official client exchanges a code for two tokens and asks whose they are', async () => {
  const { bot, person, answer } = await install()
  expect(answer).toMatchObject({ ok: true, token_type: 'bot', team: { name: 'acme-corp' } })
  const test = await client(bot).auth.test()
  expect(test).toMatchObject({ team: 'acme-corp', bot_id: expect.any(String) })
  expect(test.response_metadata?.scopes).toContain('channels:read')
  expect((await client(person).auth.test()).user).toBe('dana')
})

test('the official client lists channels page by page', async () => {
  const { bot } = await install()
  const names: (string | undefined)[] = []
  const pages = client(bot).paginate('conversations.list', {
    types: 'public_channel',
    exclude_archived: true,
    limit: 2,
  })
  for await (const page of pages) {
    const { channels = [] } = page as { channels?: { name?: string }[] } // the client types its pages as plain answers
    names.push(...channels.map(({ name }) => name))
  }
  expect(names).toEqual(expect.arrayContaining(['general', 'engineering', 'random']))
  expect(new Set(names).size).toBe(names.length)
})

test('the official client reads a channel it joined: history, a thread, and who wrote', async () => {
  const { bot } = await install()
  const web = client(bot)
  await expect(web.conversations.history({ channel: engineering })).rejects.toMatchObject({
    code: ErrorCode.PlatformError,
    data: { error: 'not_in_channel' },
  })
  expect((await web.conversations.join({ channel: engineering })).channel?.is_member).toBe(true)
  const { messages = [] } = await web.conversations.history({ channel: engineering, limit: 15 })
  const threaded = messages.find(({ reply_count = 0 }) => reply_count > 0)
  const replies = await web.conversations.replies({ channel: engineering, ts: threaded?.ts ?? '' })
  expect(replies.messages?.length).toBe((threaded?.reply_count ?? 0) + 1)
  const { user } = await web.users.info({ user: threaded?.user ?? '' })
  expect(user?.profile?.real_name).toMatch(/\w/)
})

test('the official client searches messages with the person’s token only', async () => {
  const { bot, person } = await install()
  const { messages } = await client(person).search.messages({ query: 'retry', count: 5 })
  expect(messages?.matches?.[0]).toMatchObject({ channel: { name: expect.any(String) }, permalink: expect.any(String) })
  await expect(client(bot).search.messages({ query: 'retry' })).rejects.toMatchObject({
    data: { error: 'not_allowed_token_type' },
  })
})

test('the official client refreshes both tokens, and takes ok: false in a 200 for what it is', async () => {
  await slack.control.set({ provider: 'slack', tokenRotation: true })
  const { answer } = await install()
  const refresh = (token = '') =>
    client().oauth.v2.access({ ...CLIENT, grant_type: 'refresh_token', refresh_token: token })
  const bot = await refresh(answer.refresh_token)
  expect(bot).toMatchObject({ token_type: 'bot', expires_in: 43_200 })
  expect((await client(bot.access_token).auth.test()).ok).toBe(true)
  const person = await refresh(answer.authed_user?.refresh_token)
  expect((await client(person.access_token ?? person.authed_user?.access_token).auth.test()).user).toBe('dana')
  await expect(refresh('xoxe-1-wrong')).rejects.toMatchObject({ data: { error: 'invalid_refresh_token' } })
})

test('the official client reads a limit as one, with its wait', async () => {
  const { bot } = await install()
  await slack.control.set({ provider: 'slack', limits: { 'conversations.list': 0 } })
  await expect(client(bot).conversations.list()).rejects.toMatchObject({
    code: ErrorCode.RateLimitedError,
    retryAfter: expect.any(Number),
  })
})

test('the official client takes the app out of the workspace', async () => {
  const { bot } = await install()
  expect((await client(bot).apps.uninstall({ ...CLIENT })).ok).toBe(true)
  await expect(client(bot).auth.test()).rejects.toMatchObject({ code: ErrorCode.PlatformError })
})
