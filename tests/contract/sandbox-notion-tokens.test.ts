import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { CLIENT, notionClient, REDIRECT_URI } from '#tests/support/sandbox-notion.ts'

const notion = await newSandbox(notionClient)

const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
const statusOf = async (token: string) => (await notion.get('/users/me', token)).status
const told = async (response: Response) => {
  const { request_id, ...body } = await response.json()
  expect(response.headers.get('x-notion-request-id')).toBe(request_id)
  return body
}
const grant = (code: string, more: Record<string, unknown> = {}) => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: REDIRECT_URI,
  ...more,
})

test('a code is exchanged for both tokens and who gave them, without a word on when they end', async () => {
  const answer = await notion.connect()
  expect(answer).toEqual({
    access_token: expect.stringMatching(/^ntn_[A-Za-z0-9]{46}$/),
    token_type: 'bearer',
    refresh_token: expect.stringMatching(/^nrt_[A-Za-z0-9]{46}$/),
    bot_id: UUID,
    workspace_id: UUID,
    workspace_name: 'Acme',
    workspace_icon: `${notion.web}/images/acme.svg`,
    owner: {
      type: 'user',
      user: {
        object: 'user',
        id: UUID,
        name: 'Dana Kowalski',
        avatar_url: null,
        type: 'person',
        person: { email: 'dana@acme.example' },
      },
    },
    duplicated_template_id: null,
    request_id: UUID,
  })
  await notion.control.clock(86_400 * 365)
  expect(await statusOf(answer.access_token)).toBe(200)
})

test('each person and each workspace is a connection of its own; the same person stays the same one', async () => {
  const dana = await notion.connect('dana@acme')
  const sam = await notion.connect('sam@acme')
  const globex = await notion.connect('dana@globex')
  expect(sam.workspace_id).toBe(dana.workspace_id)
  expect(new Set([dana.bot_id, sam.bot_id, globex.bot_id]).size).toBe(3)
  expect((await notion.connect('dana@acme')).bot_id).toBe(dana.bot_id)
})

test('the owner may come in part or as the workspace, the workspace without a name, and no refresh token', async () => {
  await notion.set({ owner: 'partial', refreshTokens: false, workspace: { workspace: 'acme', name: null, icon: null } })
  expect(await notion.connect()).toMatchObject({
    owner: { type: 'user', user: { object: 'user', id: UUID } },
    refresh_token: null,
    workspace_name: null,
    workspace_icon: null,
  })
  await notion.set({ owner: 'workspace' })
  expect((await notion.connect()).owner).toEqual({ type: 'workspace', workspace: true })
})

test('a code works once, for ten minutes, with the redirect URI that it was asked for with', async () => {
  const refused = async (body: Record<string, unknown>) => told(await notion.oauth('token', body))
  const used = await notion.codeFor()
  await notion.exchange(used)
  expect(await refused(grant(used))).toEqual({
    object: 'error',
    status: 400,
    code: 'invalid_grant',
    message: 'Invalid code: this code has been revoked.',
  })
  const late = await notion.codeFor()
  await notion.control.clock(600)
  const wrong = [
    grant(late),
    grant('0'.repeat(36)),
    grant(await notion.codeFor(), { redirect_uri: `${REDIRECT_URI}/` }),
    grant(await notion.codeFor(), { redirect_uri: undefined }),
  ]
  for (const body of wrong) expect(await refused(body)).toMatchObject({ status: 400, code: 'invalid_grant' })
})

test('a redirect URI that was left out of the authorization may not come with the code', async () => {
  const code = async () => {
    const url = new URL(notion.authorizeUrl())
    url.searchParams.delete('redirect_uri')
    const location = await notion.consent(url.href, { account: 'dana@acme' })
    expect(location.startsWith(`${REDIRECT_URI}?`)).toBe(true)
    return new URL(location).searchParams.get('code') ?? ''
  }
  expect((await notion.oauth('token', grant(await code()))).status).toBe(400)
  expect((await notion.oauth('token', grant(await code(), { redirect_uri: undefined }))).status).toBe(200)
})

test('the app says who it is by HTTP Basic and no other way', async () => {
  const code = await notion.codeFor()
  const wrong = [
    null,
    notion.basic(CLIENT.id, 'wrong'),
    notion.basic('wrong', CLIENT.secret),
    `Bearer ${CLIENT.secret}`,
  ]
  for (const authorization of wrong) {
    const body = grant(code, { client_id: CLIENT.id, client_secret: CLIENT.secret })
    const response = await notion.oauth('token', body, { authorization })
    expect(response.status).toBe(401)
    expect(await told(response)).toMatchObject({ object: 'error', status: 401, code: 'invalid_client' })
  }
  expect((await notion.oauth('token', grant(code))).status).toBe(200)
})

test('the body is JSON, and says what is wanted', async () => {
  const code = await notion.codeFor()
  const form = await fetch(`${notion.web}/v1/oauth/token`, {
    method: 'POST',
    headers: { authorization: notion.basic(CLIENT.id, CLIENT.secret), 'notion-version': '2026-03-11' },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI }),
  })
  expect([form.status, (await told(form)).code]).toEqual([400, 'invalid_request'])
  const codeOf = async (body: Record<string, unknown>) => (await told(await notion.oauth('token', body))).code
  expect(await codeOf({})).toBe('invalid_request')
  expect(await codeOf({ grant_type: 'authorization_code' })).toBe('invalid_request')
  expect(await codeOf({ grant_type: 'refresh_token' })).toBe('invalid_request')
  expect(await codeOf({ grant_type: 'password' })).toBe('unsupported_grant_type')
})

test('the token endpoint asks for the version too, unless it is told not to', async () => {
  const code = await notion.codeFor()
  const without = () => notion.oauth('token', grant(code), { 'notion-version': null })
  expect((await told(await without())).code).toBe('missing_version')
  await notion.set({ versionOnOauth: false })
  expect((await without()).status).toBe(200)
  const odd = await notion.oauth('token', grant(code), { 'notion-version': '2020-01-01' })
  expect((await told(odd)).code).toBe('validation_error')
})

test('refusals may come under error in place of code', async () => {
  await notion.set({ oauthErrors: 'error' })
  const only = await told(await notion.refresh('nrt_wrong'))
  expect(only).toMatchObject({ status: 400, error: 'invalid_grant' })
  expect(only).not.toHaveProperty('code')
  await notion.set({ oauthErrors: 'both' })
  expect(await told(await notion.refresh('nrt_wrong'))).toMatchObject({ error: 'invalid_grant', code: 'invalid_grant' })
})

test('a refresh gives two new tokens; the old ones are dead', async () => {
  const first = await notion.connect()
  const second = await (await notion.refresh(first.refresh_token)).json()
  expect(Object.keys(second).toSorted()).toEqual(Object.keys(first).toSorted())
  expect(second.bot_id).toBe(first.bot_id)
  expect(second.access_token).not.toBe(first.access_token)
  expect(second.refresh_token).not.toBe(first.refresh_token)
  expect([await statusOf(first.access_token), await statusOf(second.access_token)]).toEqual([401, 200])
  const again = await notion.refresh(first.refresh_token)
  expect(again.status).toBe(400)
  expect((await told(again)).code).toBe('invalid_grant')
  expect((await notion.refresh(second.refresh_token)).status).toBe(200)
})

test('of two refreshes at once only one succeeds', async () => {
  const { refresh_token } = await notion.connect()
  const both = await Promise.all([notion.refresh(refresh_token), notion.refresh(refresh_token)])
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 400])
})

test('the token before a refresh works a while longer where control says so', async () => {
  await notion.set({ oldTokenSeconds: 60 })
  const first = await notion.connect()
  await notion.refresh(first.refresh_token)
  expect(await statusOf(first.access_token)).toBe(200)
  await notion.control.clock(61)
  expect(await statusOf(first.access_token)).toBe(401)
})

test('an access token ends when its time is over, by the sandbox’s clock', async () => {
  await notion.set({ tokenSeconds: 3600 })
  const { access_token, refresh_token } = await notion.connect()
  await notion.control.clock(3590)
  expect(await statusOf(access_token)).toBe(200)
  await notion.control.clock(11)
  expect(await statusOf(access_token)).toBe(401)
  const { access_token: next } = await (await notion.refresh(refresh_token)).json()
  expect(await statusOf(next)).toBe(200)
})

test('connecting again ends the first refresh token; or nothing, or both tokens', async () => {
  const outcome = async (reauthorize?: string) => {
    await notion.control.reset()
    if (reauthorize !== undefined) await notion.set({ reauthorize })
    const first = await notion.connect()
    await notion.connect()
    return [await statusOf(first.access_token), (await notion.refresh(first.refresh_token)).status]
  }
  expect(await outcome()).toEqual([200, 400])
  expect(await outcome('ends-all')).toEqual([401, 400])
  expect(await outcome('keeps')).toEqual([200, 200])
})

test('introspection tells a living token from a dead one', async () => {
  const { access_token } = await notion.connect()
  const ask = async (token: string) => told(await notion.oauth('introspect', { token }))
  expect(await ask(access_token)).toEqual({ active: true, scope: expect.any(String), iat: expect.any(Number) })
  await notion.control.revoke({ provider: 'notion', token: access_token })
  expect(await ask(access_token)).toEqual({ active: false })
  expect(await ask('ntn_wrong')).toEqual({ active: false })
  const anonymous = await notion.oauth('introspect', { token: access_token }, { authorization: null })
  expect(anonymous.status).toBe(401)
})

test('revoking one token ends all that this person gave, and nobody else’s', async () => {
  await notion.set({ reauthorize: 'keeps' })
  const [first, second, sam] = [await notion.connect(), await notion.connect(), await notion.connect('sam@acme')]
  const response = await notion.oauth('revoke', { token: first.access_token })
  expect([response.status, await told(response)]).toEqual([200, {}])
  for (const token of [first, second]) expect(await statusOf(token.access_token)).toBe(401)
  expect((await told(await notion.refresh(second.refresh_token))).code).toBe('invalid_grant')
  expect(await statusOf(sam.access_token)).toBe(200)
  expect((await notion.oauth('revoke', { token: first.access_token })).status).toBe(200)
})

test('revoking takes access tokens, from the app only', async () => {
  const { access_token, refresh_token } = await notion.connect()
  expect((await notion.oauth('revoke', { token: refresh_token })).status).toBe(400)
  expect((await notion.oauth('revoke', { token: access_token }, { authorization: null })).status).toBe(401)
  expect(await statusOf(access_token)).toBe(200)
})

test('control revokes what somebody gave, a workspace’s connections, or ends one kind of token', async () => {
  const [dana, sam, globex] = [
    await notion.connect(),
    await notion.connect('sam@acme'),
    await notion.connect('sam@globex'),
  ]
  const statuses = () => Promise.all([dana, sam, globex].map(({ access_token }) => statusOf(access_token)))
  expect(await notion.control.revoke({ provider: 'notion', account: 'dana@acme' })).toEqual({ ok: true, ended: 1 })
  expect(await statuses()).toEqual([401, 200, 200])
  await notion.set({ endAccess: { account: 'sam@globex' } })
  expect(await statuses()).toEqual([401, 200, 401])
  expect((await notion.refresh(globex.refresh_token)).status).toBe(200)
  await notion.set({ endRefresh: { account: 'sam@acme' } })
  expect([await statusOf(sam.access_token), (await notion.refresh(sam.refresh_token)).status]).toEqual([200, 400])
  await notion.control.revoke({ provider: 'notion', workspace: 'acme' })
  expect(await statuses()).toEqual([401, 401, 401])
})

test('the person disconnects the app in their settings', async () => {
  const { access_token } = await notion.connect()
  const html = await (await fetch(`${notion.web}/connections`)).text()
  const [, bot = ''] = /name="bot" value="([^"]+)"/.exec(html) ?? []
  await fetch(`${notion.web}/connections`, { method: 'POST', body: new URLSearchParams({ bot }) })
  const response = await notion.get('/users/me', access_token)
  expect([response.status, await told(response)]).toEqual([
    401,
    { object: 'error', status: 401, code: 'unauthorized', message: 'API token is invalid.' },
  ])
})

test('a refresh whose answer is lost has used the refresh token up; a 500 before has not', async () => {
  const { refresh_token } = await notion.connect()
  const path = '/notion-api/v1/oauth/token'
  await notion.control.faults([{ path, status: 503, times: 1 }])
  expect((await notion.refresh(refresh_token)).status).toBe(503)
  await notion.control.faults([{ path, drop: 'after', times: 1 }])
  await expect(notion.refresh(refresh_token)).rejects.toThrow('fetch failed')
  expect((await notion.refresh(refresh_token)).status).toBe(400)
})

test('the log names accounts and the kind of grant, and no secrets', async () => {
  const { access_token, refresh_token } = await notion.connect()
  await notion.refresh(refresh_token)
  const log = await notion.control.log()
  expect(log.at(-1)).toMatchObject({
    provider: 'notion',
    account: 'dana@acme',
    grantType: 'refresh_token',
    token: 'ntn_…',
  })
  for (const secret of [access_token, refresh_token, CLIENT.secret]) expect(JSON.stringify(log)).not.toContain(secret)
})
