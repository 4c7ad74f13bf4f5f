import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { BOT_SCOPES, CLIENT, REDIRECT_URI, slackClient } from '#tests/support/sandbox-slack.ts'

const slack = await newSandbox(slackClient)

const DANA = 'dana@acme-corp'
const SEARCH = { user_scope: 'search:read' }
const rotate = () => slack.control.set({ provider: 'slack', tokenRotation: true })
const errorOf = async (token: string) => (await slack.call('auth.test', token)).error
const exchangeLongLived = (token: string) =>
  slack.post('oauth.v2.exchange', { ...CLIENT, token }).then((response) => response.json())

test('a code is exchanged for a bot token that never expires, with its scopes separated by commas', async () => {
  const answer = await slack.install()
  expect(answer).toEqual({
    ok: true,
    app_id: 'A07PLUGBRD1',
    team: { id: 'T05ACMECRP1', name: 'acme-corp' },
    enterprise: null,
    is_enterprise_install: false,
    access_token: expect.stringMatching(/^xoxb-\d{10}-\d{10}-[A-Za-z0-9]{24}$/),
    token_type: 'bot',
    scope: BOT_SCOPES,
    bot_user_id: expect.stringMatching(/^U[A-Z0-9]{10}$/),
    authed_user: { id: 'U05DANAKWL1' },
  })
  await slack.control.clock(86_400 * 3650)
  expect(await errorOf(answer.access_token)).toBeUndefined()
})

test('asking for user scopes too gives a second token, under the person', async () => {
  const { access_token, authed_user } = await slack.install(DANA, SEARCH)
  expect(authed_user).toEqual({
    id: 'U05DANAKWL1',
    scope: 'search:read',
    access_token: expect.stringMatching(/^xoxp-/),
    token_type: 'user',
  })
  expect(await slack.call('auth.test', authed_user.access_token)).not.toHaveProperty('bot_id')
  expect(await slack.call('auth.test', access_token)).toHaveProperty('bot_id')
})

test('asking for user scopes alone gives no token at the top', async () => {
  const answer = await slack.install(DANA, { scope: '', ...SEARCH })
  expect(answer).toMatchObject({ ok: true, authed_user: { scope: 'search:read' } })
  for (const field of ['access_token', 'token_type', 'scope', 'bot_user_id']) expect(answer).not.toHaveProperty(field)
})

test('the app may say who it is by HTTP Basic, and send JSON', async () => {
  const basic = `Basic ${Buffer.from(`${CLIENT.client_id}:${CLIENT.client_secret}`).toString('base64')}`
  const code = await slack.codeFor(DANA)
  const response = await fetch(`${slack.web}/api/oauth.v2.access`, {
    method: 'POST',
    headers: { authorization: basic, 'content-type': 'application/json' },
    body: JSON.stringify({ code, redirect_uri: REDIRECT_URI }),
  })
  expect(await response.json()).toMatchObject({ ok: true, token_type: 'bot' })
})

test('a wrong client id or secret is refused with a 200 that says which', async () => {
  const code = await slack.codeFor(DANA)
  const refused = (fields: Record<string, string>) => slack.exchange(code, fields)
  expect(await refused({ client_id: 'x' })).toEqual({ ok: false, error: 'invalid_client_id' })
  expect(await refused({ client_secret: 'x' })).toEqual({ ok: false, error: 'bad_client_secret' })
  expect(await refused({ grant_type: 'password' })).toEqual({ ok: false, error: 'invalid_grant_type' })
  expect(await refused({ code_verifier: 'x'.repeat(43) })).toEqual({ ok: false, error: 'pkce_not_allowed' })
  expect(await refused({})).toMatchObject({ ok: true })
})

test('the client secret is not taken from the address', async () => {
  const code = await slack.codeFor(DANA)
  const query = new URLSearchParams({ ...CLIENT, code, redirect_uri: REDIRECT_URI })
  const response = await fetch(`${slack.web}/api/oauth.v2.access?${query}`, { method: 'POST' })
  expect(await response.json()).toEqual({ ok: false, error: 'invalid_client_id' })
})

test('a code works once, for ten minutes', async () => {
  const used = await slack.codeFor(DANA)
  await slack.exchange(used)
  expect((await slack.exchange(used)).error).toBe('invalid_code')
  const old = await slack.codeFor(DANA)
  await slack.control.clock(601)
  expect((await slack.exchange(old)).error).toBe('invalid_code')
  expect((await slack.exchange('1.2.3')).error).toBe('invalid_code')
})

test('the redirect URI of the authorization has to be sent again, and only if it was sent', async () => {
  const below = `${REDIRECT_URI}/below`
  const code = () => slack.codeFor(DANA, { redirect_uri: below })
  expect((await slack.exchange(await code())).error).toBe('bad_redirect_uri')
  expect((await slack.tokenCall({ ...CLIENT, code: await code() })).error).toBe('bad_redirect_uri')
  expect(await slack.exchange(await code(), { redirect_uri: below })).toMatchObject({ ok: true })
})

test('a person may grant less than was asked', async () => {
  await slack.control.set({ provider: 'slack', grantScopes: ['channels:read', 'search:read'] })
  const answer = await slack.install(DANA, SEARCH)
  expect([answer.scope, answer.authed_user.scope]).toEqual(['channels:read', 'search:read'])
})

test('installing again adds scopes to the same token', async () => {
  const first = await slack.install(DANA, { scope: 'channels:read' })
  const second = await slack.install('sam@acme-corp', { scope: 'chat:write' })
  expect(second.scope).toBe('channels:read,chat:write')
  expect(second.access_token).toBe(first.access_token)
  expect(second.bot_user_id).toBe(first.bot_user_id)
})

test('two workspaces have tokens of their own', async () => {
  const acme = await slack.install()
  const globex = await slack.install('sam@globex-labs')
  expect(globex.team).toEqual({ id: 'T06GLOBEXL1', name: 'Globex Labs' })
  await slack.control.revoke({ provider: 'slack', workspace: 'globex-labs' })
  expect(await errorOf(globex.access_token)).toBe('account_inactive')
  expect(await errorOf(acme.access_token)).toBeUndefined()
})

test('with rotation, tokens expire after twelve hours and say so', async () => {
  await rotate()
  const answer = await slack.install(DANA, SEARCH)
  expect(answer).toMatchObject({
    access_token: expect.stringMatching(/^xoxe\.xoxb-1-/),
    refresh_token: expect.stringMatching(/^xoxe-1-/),
    expires_in: 43_200,
    authed_user: {
      access_token: expect.stringMatching(/^xoxe\.xoxp-1-/),
      refresh_token: expect.stringMatching(/^xoxe-1-/),
      expires_in: 43_200,
    },
  })
  await slack.control.clock(43_199)
  expect(await errorOf(answer.access_token)).toBeUndefined()
  await slack.control.clock(2)
  expect(await errorOf(answer.access_token)).toBe('token_expired')
})

test('the bot’s and the person’s tokens are refreshed apart, and a refresh token works once', async () => {
  await rotate()
  const first = await slack.install(DANA, SEARCH)
  const bot = await slack.refresh(first.refresh_token)
  expect(bot).toMatchObject({ ok: true, token_type: 'bot', expires_in: 43_200, scope: BOT_SCOPES })
  expect(bot).not.toHaveProperty('authed_user')
  const user = await slack.refresh(first.authed_user.refresh_token)
  expect(user).toMatchObject({ token_type: 'user', scope: 'search:read' })
  for (const token of [first.access_token, bot.access_token, user.access_token])
    expect(await errorOf(token)).toBeUndefined()
  expect((await slack.refresh(first.refresh_token)).error).toBe('invalid_refresh_token')
  expect((await slack.refresh(bot.refresh_token)).ok).toBe(true)
})

test('a used refresh token works on during a grace, where there is one', async () => {
  await slack.control.set({ provider: 'slack', tokenRotation: true, refreshGraceSeconds: 30 })
  const { refresh_token } = await slack.install()
  await slack.refresh(refresh_token)
  expect((await slack.refresh(refresh_token)).ok).toBe(true)
  await slack.control.clock(31)
  expect((await slack.refresh(refresh_token)).error).toBe('invalid_refresh_token')
})

test('two tokens live at most: the third refresh ends the oldest', async () => {
  await rotate()
  const first = await slack.install()
  const second = await slack.refresh(first.refresh_token)
  expect(await errorOf(first.access_token)).toBeUndefined()
  const third = await slack.refresh(second.refresh_token)
  expect(await errorOf(first.access_token)).toBe('token_revoked')
  for (const { access_token } of [second, third]) expect(await errorOf(access_token)).toBeUndefined()
})

test('a refresh token is of use only to the app', async () => {
  await rotate()
  const { refresh_token } = await slack.install()
  const fields = { ...CLIENT, client_secret: 'x', grant_type: 'refresh_token', refresh_token }
  expect((await slack.tokenCall(fields)).error).toBe('bad_client_secret')
  expect((await slack.refresh('xoxe-1-nonsense')).error).toBe('invalid_refresh_token')
})

test('a long-lived token is exchanged once, and ends with the first refresh', async () => {
  const { access_token: old } = await slack.install()
  expect((await exchangeLongLived(old)).error).toBe('token_rotation_not_enabled')
  await rotate()
  const exchanged = await exchangeLongLived(old)
  expect(exchanged).toMatchObject({ ok: true, token_type: 'bot', expires_in: 43_200 })
  expect((await exchangeLongLived(old)).error).toBe('token_already_exchanged')
  expect((await exchangeLongLived(exchanged.access_token)).error).toBe('invalid_token')
  expect(await errorOf(old)).toBeUndefined()
  await slack.refresh(exchanged.refresh_token)
  expect(await errorOf(old)).toBe('token_expired')
})

test('revoking a long-lived bot token takes the bot out of its channels and, alone, the app away', async () => {
  const { access_token: token } = await slack.install()
  await slack.send('conversations.join', token, { channel: 'C05ENGINR01' })
  expect(await slack.call('auth.revoke', token, { test: '1' })).toEqual({ ok: true, revoked: false })
  expect(await slack.call('auth.revoke', token)).toEqual({ ok: true, revoked: true })
  expect(await errorOf(token)).toBe('account_inactive')
  const again = await slack.install()
  expect(again.access_token).not.toBe(token)
  const { channel } = await slack.call('conversations.info', again.access_token, { channel: 'C05ENGINR01' })
  expect(channel.is_member).toBe(false)
})

test('revoking the bot’s token leaves a person’s, whose scopes are remembered, and the other way round', async () => {
  const { access_token: bot, authed_user } = await slack.install(DANA, SEARCH)
  await slack.call('auth.revoke', bot)
  expect(await errorOf(authed_user.access_token)).toBeUndefined()
  const again = await slack.install(DANA, { scope: 'team:read' })
  expect(again.scope).toBe('team:read')
  await slack.call('auth.revoke', authed_user.access_token)
  expect(await errorOf(authed_user.access_token)).toBe('token_revoked')
  expect(await errorOf(again.access_token)).toBeUndefined()
})

test('with rotation, revoking ends one token alone, be it the refresh token', async () => {
  await rotate()
  const first = await slack.install()
  const second = await slack.refresh(first.refresh_token)
  await slack.call('auth.revoke', first.access_token)
  expect(await errorOf(first.access_token)).toBe('token_revoked')
  expect(await errorOf(second.access_token)).toBeUndefined()
  expect(await slack.call('auth.revoke', second.refresh_token)).toEqual({ ok: true, revoked: true })
  expect((await slack.refresh(second.refresh_token)).error).toBe('invalid_refresh_token')
  expect(await errorOf(second.access_token)).toBeUndefined()
})

test('uninstalling needs the app’s secret and ends every token of the workspace', async () => {
  const { access_token: bot, authed_user } = await slack.install(DANA, SEARCH)
  expect((await slack.send('apps.uninstall', bot, { ...CLIENT, client_secret: 'x' })).error).toBe('bad_client_secret')
  await slack.control.clock(60)
  expect(await slack.send('apps.uninstall', bot, CLIENT)).toEqual({ ok: true })
  expect(await errorOf(bot)).toBe('account_inactive')
  expect(await errorOf(authed_user.access_token)).toBe('token_revoked')
})

test('a bot may be forbidden to uninstall its app', async () => {
  await slack.control.set({ provider: 'slack', uninstallForbidden: true })
  const { access_token } = await slack.install()
  expect((await slack.send('apps.uninstall', access_token, CLIENT)).error).toBe('no_permission')
  expect(await errorOf(access_token)).toBeUndefined()
})

test('in Slack’s settings, who installed the app takes it away, and anybody else what they gave it', async () => {
  const { access_token: bot } = await slack.install(DANA)
  const { authed_user: sam } = await slack.install('sam@acme-corp', SEARCH)
  expect(await slack.control.revoke({ provider: 'slack', account: 'sam@acme-corp' })).toEqual({ ok: true, ended: 1 })
  expect(await errorOf(sam.access_token)).toBe('token_revoked')
  expect(await errorOf(bot)).toBeUndefined()
  expect(await slack.control.revoke({ provider: 'slack', account: DANA })).toEqual({ ok: true, ended: 1 })
  expect(await errorOf(bot)).toBe('account_inactive')
  const again = await slack.install(DANA, SEARCH)
  await slack.control.revoke({ provider: 'slack', token: again.authed_user.access_token })
  expect(await errorOf(again.authed_user.access_token)).toBe('token_revoked')
  expect(await errorOf(again.access_token)).toBeUndefined()
})

test('a person who leaves takes their token along', async () => {
  const { access_token: bot, authed_user } = await slack.install(DANA, SEARCH)
  await slack.control.set({ provider: 'slack', person: { account: DANA, deactivated: true } })
  expect(await errorOf(authed_user.access_token)).toBe('token_revoked')
  expect(await errorOf(bot)).toBeUndefined()
})

test('the page of installed apps lists the app and removes it', async () => {
  const manage = `${slack.web}/apps/manage`
  expect(await (await fetch(manage)).text()).toContain('No apps are installed')
  const { access_token } = await slack.install()
  expect(await (await fetch(manage)).text()).toContain('Remove Plugboard from acme-corp')
  await fetch(manage, { method: 'POST', body: new URLSearchParams({ team: 'T05ACMECRP1' }) })
  expect(await errorOf(access_token)).toBe('account_inactive')
})

test('control refuses what it does not understand', async () => {
  const nonsense = [
    slack.control.set({ provider: 'slack', tokenRotations: true }),
    slack.control.set({ provider: 'slack', limits: { 'no.such': 1 } }),
    slack.control.set({ provider: 'slack', invite: { channel: 'engineering' } }),
    slack.control.set({ provider: 'slack', channel: { name: 'x', workspace: 'nowhere' } }),
    slack.control.revoke({ provider: 'slack' }),
    slack.control.revoke({ provider: 'slack', account: 'nobody@acme-corp' }),
  ]
  for (const call of nonsense) await expect(call).rejects.toThrow(': 400 ')
})

test('the log shows whose call it was, and no secret', async () => {
  const { access_token: token } = await slack.install()
  await slack.call('conversations.list', token, { limit: '5' })
  const log = await slack.control.log()
  expect(log[2]).toMatchObject({ path: '/slack-web/api/oauth.v2.access', status: 200, account: DANA, token: 'xoxb…' })
  expect(log[3]).toMatchObject({ account: 'plugboard@acme-corp', token: 'xoxb…', query: ['limit'] })
  expect(JSON.stringify(log)).not.toContain(token)
})
