import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { slackClient } from '#tests/support/sandbox-slack.ts'

const slack = await newSandbox(slackClient)
let bot: string
let user: string

const ENGINEERING = 'C05ENGINR01'
const INCIDENTS = 'C05INCDNTS1'
const PAYROLL = 'C05PAYROLL1'
const LEADERS = 'C05LEADERS1'
const DESIGN = 'C05DESIGN01'
const MOBILE = 'C05MOBILE01'

beforeEach(async () => {
  const user_scope = 'search:read,channels:history,groups:history'
  const installed = await slack.install('sam@acme-corp', { user_scope })
  bot = installed.access_token
  user = installed.authed_user.access_token
  await slack.send('conversations.join', bot, { channel: ENGINEERING })
})

type Message = { ts: string; text: string }
const history = (query: Record<string, string> = {}, token = bot) =>
  slack.call('conversations.history', token, { channel: ENGINEERING, ...query })
const search = (query: string, more: Record<string, string> = {}) =>
  slack.call('search.messages', user, { query, ...more })
const textsOf = ({ messages }: { messages: { matches: Message[] } }) => messages.matches.map(({ text }) => text)
const post = (body: object) => slack.send('chat.postMessage', bot, body)

test('history is newest first, has no replies, and tells how many a message has', async () => {
  const { messages, has_more } = await history({ limit: '200' })
  const stamps = messages.map(({ ts }: Message) => ts)
  expect(stamps).toEqual(stamps.toSorted().toReversed())
  expect(has_more).toBe(false)
  const parent = messages.find(({ text }: Message) => text.startsWith('Proposal for retries'))
  expect(parent).toMatchObject({ reply_count: 4, reply_users_count: 3, thread_ts: parent.ts })
  expect(messages.some(({ text }: Message) => text.startsWith('Jitter on all attempts'))).toBe(false)
})

test('history comes in pages by a cursor', async () => {
  const first = await history({ limit: '10' })
  expect(first).toMatchObject({ has_more: true, response_metadata: { next_cursor: expect.any(String) } })
  const second = await history({ limit: '10', cursor: first.response_metadata.next_cursor })
  expect(second.messages[0].ts < first.messages.at(-1).ts).toBe(true)
  const last = await history({ limit: '999', cursor: first.response_metadata.next_cursor })
  expect(last.has_more).toBe(false)
  expect(last).not.toHaveProperty('response_metadata')
  expect((await history({ cursor: 'nonsense' })).error).toBe('invalid_cursor')
  expect((await history({ limit: '1000' })).error).toBe('invalid_limit')
})

test('history is bounded by times, which count themselves only when asked to', async () => {
  const { messages } = await history()
  const [, ts] = messages.map((message: Message) => message.ts)
  const stampsOf = async (query: Record<string, string>) =>
    (await history(query)).messages.map((message: Message) => message.ts)
  expect(await stampsOf({ latest: ts, inclusive: 'true', limit: '1' })).toEqual([ts])
  expect(await stampsOf({ latest: ts, limit: '1' })).toEqual([messages[2].ts])
  expect(await stampsOf({ oldest: ts })).toEqual([messages[0].ts])
  expect((await history({ oldest: 'yesterday' })).error).toBe('invalid_ts_oldest')
  expect((await history({ latest: 'today' })).error).toBe('invalid_ts_latest')
})

test('a bot reads only channels it is in; a person every public one and their own private ones', async () => {
  const errorFor = async (channel: string, token: string) => (await history({ channel }, token)).error
  expect(await errorFor(INCIDENTS, bot)).toBe('not_in_channel')
  expect(await errorFor(MOBILE, bot)).toBe('not_in_channel')
  expect(await errorFor(PAYROLL, bot)).toBe('channel_not_found')
  expect(await errorFor('C00000000', bot)).toBe('channel_not_found')
  expect(await errorFor('', bot)).toBe('invalid_arguments')
  expect(await errorFor(DESIGN, user)).toBeUndefined()
  expect(await errorFor(PAYROLL, user)).toBeUndefined()
  expect(await errorFor(LEADERS, user)).toBe('channel_not_found')
})

test('a thread is its parent and its replies, whichever of them is named', async () => {
  const { messages } = await history()
  const parent = messages.find(({ text }: Message) => text.startsWith('Proposal for retries'))
  const thread = await slack.call('conversations.replies', bot, { channel: ENGINEERING, ts: parent.ts })
  expect(thread.messages).toHaveLength(5)
  expect(thread.messages[0].ts).toBe(parent.ts)
  expect(thread.messages[1]).toMatchObject({ thread_ts: parent.ts, parent_user_id: parent.user })
  const byReply = await slack.call('conversations.replies', bot, { channel: ENGINEERING, ts: thread.messages[2].ts })
  expect(byReply.messages).toEqual(thread.messages)
  const page = await slack.call('conversations.replies', bot, { channel: ENGINEERING, ts: parent.ts, limit: '2' })
  expect(page).toMatchObject({ has_more: true, messages: { length: 2 } })
  const unknown = await slack.call('conversations.replies', bot, { channel: ENGINEERING, ts: '1.000000' })
  expect(unknown.error).toBe('thread_not_found')
})

test('an app sold outside the Marketplace reads 15 messages once a minute', async () => {
  await slack.control.set({ provider: 'slack', distribution: 'commercial' })
  expect((await history({ limit: '200' })).messages).toHaveLength(15)
  const limited = await slack.get('conversations.history', bot, { channel: ENGINEERING })
  expect(limited.status).toBe(429)
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(50)
  await slack.control.clock(60)
  expect((await history()).messages).toHaveLength(15)
  const thread = { channel: ENGINEERING, ts: '1.000000' }
  expect((await slack.call('conversations.replies', bot, thread)).error).toBe('thread_not_found')
  expect((await slack.get('conversations.replies', bot, thread)).status).toBe(429)
})

test('a message is posted to a channel that the bot is in, and to a thread', async () => {
  const posted = await post({ channel: ENGINEERING, text: 'Sync failed', blocks: [{ type: 'divider' }] })
  expect(posted).toMatchObject({
    ok: true,
    channel: ENGINEERING,
    ts: expect.stringMatching(/^\d{10}\.\d{6}$/),
    message: { text: 'Sync failed', bot_id: expect.stringMatching(/^B/), blocks: [{ type: 'divider' }] },
  })
  await post({ channel: ENGINEERING, text: 'It works again', thread_ts: posted.ts })
  const { messages } = await history()
  expect(messages[0]).toMatchObject({ ts: posted.ts, text: 'Sync failed', reply_count: 1 })
})

test('a message that cannot be posted is refused with the reason', async () => {
  const errorOf = async (body: object) => (await post({ text: 'Hello', ...body })).error
  expect(await errorOf({ channel: INCIDENTS })).toBe('not_in_channel')
  expect(await errorOf({ channel: PAYROLL })).toBe('channel_not_found')
  expect(await errorOf({ channel: MOBILE })).toBe('is_archived')
  expect(await errorOf({ channel: ENGINEERING, text: '' })).toBe('no_text')
  expect(await errorOf({ channel: ENGINEERING, blocks: { type: 'divider' } })).toBe('invalid_blocks_format')
  expect(await errorOf({ channel: ENGINEERING, thread_ts: '1.000000' })).toBe('thread_not_found')
  const long = await post({ channel: ENGINEERING, text: 'x'.repeat(40_001) })
  expect(long.message.text).toHaveLength(40_000)
})

test('messages to a channel are limited to one a second, after a short burst', async () => {
  const turns = await Promise.all(
    Array.from({ length: 10 }, (_, turn) => post({ channel: ENGINEERING, text: `Message ${turn}` })),
  )
  expect(turns.filter(({ ok }) => ok)).toHaveLength(5)
  expect(turns.filter(({ error }) => error === 'ratelimited')).toHaveLength(5)
  await slack.control.clock(1)
  expect((await post({ channel: ENGINEERING, text: 'After a second' })).ok).toBe(true)
})

test('a message has an address, and its page shows it', async () => {
  const { messages } = await history({ limit: '1' })
  const query = { channel: ENGINEERING, message_ts: messages[0].ts }
  const { permalink } = await slack.call('chat.getPermalink', bot, query)
  expect(permalink).toBe(`${slack.web}/archives/${ENGINEERING}/p${messages[0].ts.replace('.', '')}`)
  const shown = await fetch(permalink)
  expect([shown.status, await shown.text()]).toEqual([200, expect.stringContaining('load test of the queue')])
})

test('the page of a private channel shows nothing of it but lets the bot in, as /invite does', async () => {
  const address = `${slack.web}/archives/${PAYROLL}`
  const html = await (await fetch(address)).text()
  expect(html).not.toContain('payroll')
  expect(html).not.toContain('Dry run')
  expect(html).toContain('Invite @Plugboard')
  await fetch(`${address}/invite`, { method: 'POST' })
  expect((await history({ channel: PAYROLL })).ok).toBe(true)
})

test('searching messages is for people with the scope, not for bots', async () => {
  expect(await slack.call('search.messages', bot, { query: 'backoff' })).toEqual({
    ok: false,
    error: 'not_allowed_token_type',
  })
  expect(await slack.call('search.messages', user)).toEqual({ ok: false, error: 'No query passed' })
  const { authed_user } = await slack.install('priya@acme-corp', { user_scope: 'team:read' })
  const refused = await slack.call('search.messages', authed_user.access_token, { query: 'x' })
  expect(refused).toMatchObject({ error: 'missing_scope', needed: 'search:read', provided: 'team:read' })
})

test('search finds what the person sees: all public channels and their own private ones', async () => {
  const found = await search('payroll')
  const channels = found.messages.matches.map(({ channel }: { channel: { name: string } }) => channel.name)
  expect(new Set(channels)).toEqual(new Set(['general', 'payroll-migration']))
  expect(await search('budget')).toMatchObject({ messages: { total: 0, matches: [] } })
  const [match] = (await search('dry run import')).messages.matches
  expect(match).toMatchObject({
    type: 'group',
    channel: { id: PAYROLL, is_private: true },
    username: 'dana',
    permalink: `${slack.web}/archives/${PAYROLL}/p${match.ts.replace('.', '')}`,
  })
})

test('search narrows by channel, person, day and phrase', async () => {
  expect(textsOf(await search('in:incidents SEV2'))).toEqual([expect.stringContaining('orders are accepted')])
  expect(textsOf(await search('in:<#C05INCDNTS1> SEV2'))).toHaveLength(1)
  expect(textsOf(await search('backoff from:<@U05LEEPARK1>'))).toEqual([expect.stringContaining('Full jitter')])
  expect(textsOf(await search('backoff from:me before:2026-11-11'))).toEqual([
    expect.stringContaining('Proposal'),
    expect.stringContaining('retries without backoff'),
  ])
  expect(textsOf(await search('jitter after:2026-11-15'))).toHaveLength(2)
  expect(textsOf(await search('"job queue"'))).toHaveLength(1)
  expect(textsOf(await search('"queue job"'))).toHaveLength(0)
  expect(textsOf(await search('jitter -live'))).not.toContainEqual(expect.stringContaining('is live'))
})

test('search comes in pages by number or by cursor, and in the order asked for', async () => {
  const first = await search('the', { count: '5', sort: 'timestamp' })
  expect(first.messages.paging).toMatchObject({ count: 5, page: 1 })
  const second = await search('the', { count: '5', sort: 'timestamp', page: '2' })
  const stamps = [...first.messages.matches, ...second.messages.matches].map(({ ts }: Message) => ts)
  expect(stamps).toEqual(stamps.toSorted().toReversed())
  const marked = await search('the', { count: '5', sort: 'timestamp', cursor: '*' })
  const next = { count: '5', sort: 'timestamp', cursor: marked.response_metadata.next_cursor }
  expect((await search('the', next)).messages.matches).toEqual(second.messages.matches)
  const oldest = await search('the', { sort: 'timestamp', sort_dir: 'asc' })
  expect(oldest.messages.matches[0].ts < first.messages.matches[0].ts).toBe(true)
  expect((await search('the', { count: '500' })).messages.paging.count).toBe(100)
})

test('control makes a channel with messages and a thread', async () => {
  const made = await slack.control.set({
    provider: 'slack',
    channel: { name: 'launch', messages: [{ user: 'priya', text: 'Go?', at: '2026-11-20T08:00:00Z' }] },
  })
  const { id, messages } = made.channel as { id: string; messages: string[] } // what control made
  const reply = { user: 'lee', text: 'Go.', thread: messages[0] }
  await slack.control.set({ provider: 'slack', channel: { name: 'launch', messages: [reply] } })
  await slack.control.set({ provider: 'slack', invite: { channel: 'launch' } })
  const read = await history({ channel: id })
  expect(read.messages.at(-1)).toMatchObject({ text: 'Go?', reply_count: 1, user: 'U05PRIYANR1' })
})
