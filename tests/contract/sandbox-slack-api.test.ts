import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { BOT_SCOPES, CLIENT, slackClient } from '#tests/support/sandbox-slack.ts'

const slack = await newSandbox(slackClient)
let bot: string
let user: string

const ENGINEERING = 'C05ENGINR01'
const PAYROLL = 'C05PAYROLL1'
const MOBILE = 'C05MOBILE01'

beforeEach(async () => {
  const installed = await slack.install('dana@acme-corp', {
    user_scope: 'search:read,channels:read,channels:history,groups:read,groups:history',
  })
  bot = installed.access_token
  user = installed.authed_user.access_token
})

const ids = (channels: { id: string }[]) => channels.map(({ id }) => id)
const withScopes = async (scope: string) => (await slack.install('sam@globex-labs', { scope })).access_token
const errorOf = async (method: string, token?: string, query?: Record<string, string>) =>
  (await slack.call(method, token, query)).error

test('a call without a token, with a wrong one, and with the word bearer in small letters is refused, with 200', async () => {
  const response = await slack.get('auth.test')
  expect([response.status, await response.json()]).toEqual([200, { ok: false, error: 'not_authed' }])
  expect(await slack.call('auth.test', 'xoxb-nonsense')).toEqual({ ok: false, error: 'invalid_auth' })
  const small = await fetch(`${slack.web}/api/auth.test`, { headers: { authorization: `bearer ${bot}` } })
  expect((await small.json()).error).toBe('not_authed')
})

test('a token is taken from a form, not from the address or a JSON body', async () => {
  expect((await (await slack.post('auth.test', { token: bot })).json()).ok).toBe(true)
  expect(await errorOf('auth.test', undefined, { token: bot })).toBe('not_authed')
  const body = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token: bot }) }
  expect((await (await fetch(`${slack.web}/api/auth.test`, body)).json()).error).toBe('not_authed')
})

test('a body that cannot be read is refused by its kind', async () => {
  const error = async (type: string, body: string) => {
    const headers = { authorization: `Bearer ${bot}`, 'content-type': type }
    return (await (await fetch(`${slack.web}/api/auth.test`, { method: 'POST', headers, body })).json()).error
  }
  expect(await error('application/json', '{')).toBe('invalid_json')
  expect(await error('application/json', '[]')).toBe('json_not_object')
  expect(await error('text/csv', 'a,b')).toBe('invalid_post_type')
})

test('an unknown method is told with a 200', async () => {
  expect(await slack.call('stars.polish', bot)).toEqual({
    ok: false,
    error: 'unknown_method',
    req_method: 'stars.polish',
  })
})

test('every answer tells the scopes of the token, a refused one too', async () => {
  const listed = await slack.get('users.list', bot)
  expect(listed.headers.get('x-oauth-scopes')).toBe(BOT_SCOPES)
  expect(listed.headers.get('x-accepted-oauth-scopes')).toBe('users:read')
  const refused = await slack.get('users.list', await withScopes('chat:write'))
  expect(refused.headers.get('x-oauth-scopes')).toBe('chat:write')
})

test('a missing scope is named beside those that are there', async () => {
  const token = await withScopes('chat:write,commands')
  const missing = (needed: string) => ({ ok: false, error: 'missing_scope', needed, provided: 'chat:write,commands' })
  expect(await slack.call('users.list', token)).toEqual(missing('users:read'))
  expect(await slack.call('users.info', token, { user: 'U06SAMOKFR1' })).toEqual(missing('users:read'))
  expect(await slack.call('team.info', token)).toEqual(missing('team:read'))
  expect(await slack.call('conversations.list', token)).toEqual(missing('channels:read'))
  expect(await slack.call('conversations.join', token, { channel: 'C06GENERAL1' })).toEqual(missing('channels:join'))
  for (const method of ['conversations.history', 'conversations.replies'])
    expect((await slack.call(method, token, { channel: 'C06GENERAL1', ts: '1' })).error).toBe('missing_scope')
  expect((await slack.send('chat.postMessage', user, { channel: ENGINEERING, text: 'x' })).needed).toBe('chat:write')
  const { access_token: reader } = await slack.install('sam@globex-labs', { scope: 'channels:read' })
  const both = { types: 'public_channel,private_channel' }
  expect((await slack.call('conversations.list', reader, both)).needed).toBe('groups:read')
})

test('the probe says who a token is, in which workspace', async () => {
  expect(await slack.call('auth.test', bot)).toMatchObject({
    url: `${slack.web}/`,
    team: 'acme-corp',
    team_id: 'T05ACMECRP1',
    user: 'plugboard',
    bot_id: expect.stringMatching(/^B/),
  })
  expect(await slack.call('auth.test', user)).toMatchObject({ user: 'dana', user_id: 'U05DANAKWL1' })
  expect((await slack.call('team.info', bot)).team).toMatchObject({ domain: 'acme-corp', email_domain: 'acme.example' })
})

test('people come with bots and those who left, and with addresses only where that is allowed', async () => {
  const { members } = await slack.call('users.list', bot)
  expect(members.find(({ name }: { name: string }) => name === 'marta').deleted).toBe(true)
  expect(members.find(({ name }: { name: string }) => name === 'plugboard').is_bot).toBe(true)
  expect(members[0].profile.email).toBe('dana@acme.example')
  const narrow = await withScopes('users:read')
  const { user: sam } = await slack.call('users.info', narrow, { user: 'U06SAMOKFR1' })
  const { members: others } = await slack.call('users.list', narrow)
  for (const { profile } of [sam, others[0]]) expect(profile).not.toHaveProperty('email')
  expect(await errorOf('users.info', bot, { user: 'dana' })).toBe('user_not_found')
})

test('a large workspace lists its people only in pages', async () => {
  await slack.control.set({ provider: 'slack', largeTeam: true })
  expect(await errorOf('users.list', bot)).toBe('limit_required')
  const first = await slack.call('users.list', bot, { limit: '5' })
  expect(first.members).toHaveLength(5)
  const rest = await slack.call('users.list', bot, { limit: '5', cursor: first.response_metadata.next_cursor })
  expect(rest.members).toHaveLength(3)
  expect(rest.response_metadata.next_cursor).toBe('')
})

test('a bot sees public channels, and private ones only after it was invited', async () => {
  const all = { types: 'public_channel,private_channel', limit: '200' }
  expect(ids((await slack.call('conversations.list', bot)).channels)).not.toContain(PAYROLL)
  expect(ids((await slack.call('conversations.list', bot, all)).channels)).not.toContain(PAYROLL)
  expect(await errorOf('conversations.info', bot, { channel: PAYROLL })).toBe('channel_not_found')
  await slack.control.set({ provider: 'slack', invite: { channel: 'payroll-migration' } })
  const { channels } = await slack.call('conversations.list', bot, { types: 'private_channel' })
  expect(channels).toMatchObject([{ id: PAYROLL, is_private: true, is_member: true, num_members: 3 }])
  await slack.control.set({ provider: 'slack', remove: { channel: PAYROLL } })
  expect(await errorOf('conversations.info', bot, { channel: PAYROLL })).toBe('channel_not_found')
})

test('a private channel needs the scope for private ones', async () => {
  const token = await withScopes('channels:read,channels:history')
  await slack.control.set({ provider: 'slack', channel: { workspace: 'globex-labs', name: 'secret', private: true } })
  await slack.control.set({ provider: 'slack', invite: { workspace: 'globex-labs', channel: 'secret' } })
  const { channel } = await slack.control.set({
    provider: 'slack',
    channel: { workspace: 'globex-labs', name: 'secret' },
  })
  const { id } = channel as { id: string } // what control made
  expect(await slack.call('conversations.info', token, { channel: id })).toMatchObject({ needed: 'groups:read' })
  expect(await slack.call('conversations.history', token, { channel: id })).toMatchObject({ needed: 'groups:history' })
})

test('channels come in pages, and archived ones are left out after a page was cut', async () => {
  const pages: string[][] = []
  let cursor = ''
  do {
    const page = await slack.call('conversations.list', bot, { limit: '2', exclude_archived: 'true', cursor })
    pages.push(ids(page.channels))
    cursor = page.response_metadata.next_cursor
  } while (cursor !== '')
  expect(pages.map((page) => page.length)).toEqual([2, 2, 1, 1])
  expect(pages.flat()).not.toContain(MOBILE)
  expect(ids((await slack.call('conversations.list', bot)).channels)).toContain(MOBILE)
})

test('a cursor of another list, a limit out of bounds and an unknown type are refused', async () => {
  const { response_metadata } = await slack.call('users.list', bot, { limit: '2' })
  const cursor = response_metadata.next_cursor
  const own = (await slack.call('conversations.list', bot, { limit: '2' })).response_metadata.next_cursor
  expect((await slack.call('conversations.list', bot, { cursor: own })).ok).toBe(true)
  for (const wrong of [cursor, 'nonsense', `${own}!`])
    expect(await errorOf('conversations.list', bot, { cursor: wrong })).toBe('invalid_cursor')
  for (const limit of ['1000', '0', 'many'])
    expect(await errorOf('conversations.list', bot, { limit })).toBe('invalid_limit')
  expect(await errorOf('conversations.list', bot, { types: 'public' })).toBe('invalid_types')
})

test('a bot joins public channels, twice with a warning, but no archived or private one', async () => {
  const joined = await slack.send('conversations.join', bot, { channel: ENGINEERING })
  expect(joined).toMatchObject({ ok: true, channel: { is_member: true } })
  expect(joined).not.toHaveProperty('warning')
  expect(await slack.send('conversations.join', bot, { channel: ENGINEERING })).toMatchObject({
    ok: true,
    warning: 'already_in_channel',
  })
  expect(await errorOf('conversations.join', bot, { channel: MOBILE })).toBe('is_archived')
  expect(await errorOf('conversations.join', bot, { channel: PAYROLL })).toBe('channel_not_found')
  await slack.control.set({ provider: 'slack', invite: { channel: PAYROLL } })
  expect(await errorOf('conversations.join', bot, { channel: PAYROLL })).toBe('method_not_supported_for_channel_type')
  expect((await slack.call('users.conversations', bot)).channels).toMatchObject([{ id: ENGINEERING }])
  const { members } = await slack.call('conversations.members', bot, { channel: ENGINEERING })
  expect(members).toHaveLength(5)
})

test('the methods of a tier are limited by the minute, apart from each other and by workspace', async () => {
  const globex = await withScopes('channels:read')
  for (let turn = 0; turn < 20; turn += 1) expect((await slack.call('conversations.list', bot)).ok).toBe(true)
  const limited = await slack.get('conversations.list', bot)
  expect(limited.status).toBe(429)
  expect(await limited.json()).toEqual({ ok: false, error: 'ratelimited' })
  const wait = Number(limited.headers.get('retry-after'))
  expect(wait).toBeGreaterThan(50)
  expect((await slack.get('conversations.list', user)).status).toBe(429)
  expect((await slack.get('conversations.list', globex)).status).toBe(200)
  expect((await slack.get('users.list', bot)).status).toBe(200)
  await slack.control.clock(wait)
  expect((await slack.get('conversations.list', bot)).status).toBe(200)
})

test('control sets what is left of a minute, and how much a minute has', async () => {
  await slack.control.set({ provider: 'slack', rateRemaining: { method: 'users.list', remaining: 1 } })
  expect((await slack.get('users.list', bot)).status).toBe(200)
  expect((await slack.get('users.list', bot)).status).toBe(429)
  await slack.control.set({ provider: 'slack', rateRemaining: { method: 'oauth.v2.access', remaining: 0 } })
  expect((await slack.post('oauth.v2.access', CLIENT)).status).toBe(429)
  await slack.control.set({ provider: 'slack', limits: { 'users.list': 1000 } })
  expect((await slack.get('users.list', bot)).status).toBe(200)
})

test('uninstalling is limited to one a minute', async () => {
  await slack.send('apps.uninstall', bot, { ...CLIENT, client_id: 'x' })
  expect((await slack.send('apps.uninstall', bot, CLIENT)).error).toBe('ratelimited')
})

test('a fault bends one method’s answer', async () => {
  await slack.control.faults([
    {
      provider: 'slack',
      path: '/api/team.info',
      status: 200,
      body: { ok: false, error: 'team_added_to_org' },
      times: 1,
    },
  ])
  expect(await errorOf('team.info', bot)).toBe('team_added_to_org')
  expect((await slack.call('team.info', bot)).ok).toBe(true)
})

test('control fills a workspace with channels, and renames, archives and removes one', async () => {
  await slack.control.set({ provider: 'slack', fill: { prefix: 'shop', count: 250 } })
  const query = { limit: '200', exclude_archived: 'true' }
  const first = await slack.call('conversations.list', bot, query)
  expect(first.channels).toHaveLength(199)
  expect(first.response_metadata.next_cursor).not.toBe('')
  await slack.control.set({ provider: 'slack', channel: { name: 'random', renameTo: 'misc', archived: true } })
  expect((await slack.call('conversations.info', bot, { channel: 'C05RANDOM01' })).channel).toMatchObject({
    name: 'misc',
    previous_names: ['random'],
    is_archived: true,
  })
  await slack.control.set({ provider: 'slack', removeChannel: { channel: 'misc' } })
  expect(await errorOf('conversations.info', bot, { channel: 'C05RANDOM01' })).toBe('channel_not_found')
})
