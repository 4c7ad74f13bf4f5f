import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { basic, CLIENT, DANA, REDIRECT_URI, refusedGrant, zoomClient } from '#tests/support/sandbox-zoom.ts'

const zoom = await newSandbox(zoomClient)

const statusOf = async (token: string) => (await zoom.get('/users/me', token)).status
const grantOf = (code: string) => ({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI })
const INVALID_TOKEN = [400, 'invalid_grant', 'Invalid Token!']

test('a code is exchanged for both tokens, the scopes parted by spaces and the host to ask', async () => {
  const answer = await zoom.connect()
  expect(answer).toEqual({
    access_token: expect.stringMatching(/^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$/),
    token_type: 'bearer',
    refresh_token: expect.stringMatching(/^eyJ/),
    expires_in: 3600,
    scope: expect.any(String),
    api_url: zoom.api.replace(/\/v2$/, ''),
  })
  expect(answer.scope.split(' ')).toContain('cloud_recording:read:list_recording_files')
  expect(answer.scope).not.toContain(',')
})

test('a code works once, for five minutes, with the redirect URI that it was asked for with', async () => {
  const used = await zoom.codeFor()
  expect((await zoom.exchange(used)).status).toBe(200)
  expect((await refusedGrant(await zoom.exchange(used)))[2]).toContain('(4734)')
  expect((await refusedGrant(await zoom.exchange('nothing')))[2]).toContain('(4734)')
  const elsewhere = await zoom.exchange(await zoom.codeFor(), { redirect_uri: `${REDIRECT_URI}/` })
  expect((await refusedGrant(elsewhere))[2]).toContain('(4709)')
  const [early, late] = [await zoom.codeFor(), await zoom.codeFor('sam@acme.example')]
  await zoom.control.clock(290)
  expect((await zoom.exchange(early)).status).toBe(200)
  await zoom.control.clock(11)
  expect((await refusedGrant(await zoom.exchange(late)))[2]).toContain('(4733)')
})

test('the app says who it is by HTTP Basic and no other way', async () => {
  const code = await zoom.codeFor()
  const call = async (authorization: string | null) => {
    const fields = { ...grantOf(code), client_id: CLIENT.id, client_secret: CLIENT.secret }
    return refusedGrant(await zoom.oauth('token', fields, authorization))
  }
  const wrong = [null, basic('wrong', CLIENT.secret), basic(CLIENT.id, 'wrong'), `Bearer ${CLIENT.secret}`]
  const refused = await Promise.all(wrong.map(call))
  expect(refused.map(([status, error]) => [status, error])).toEqual(wrong.map(() => [400, 'invalid_client']))
  expect(refused.map(([, , reason]) => /\d{4}/.exec(reason)?.[0])).toEqual(['4706', '4702', '4704', '4706'])
  expect((await zoom.exchange(code)).status).toBe(200)
})

test('parameters stand in a form or in the address, never in JSON', async () => {
  const authorization = basic(CLIENT.id, CLIENT.secret)
  const post = (path: string, init: RequestInit) => fetch(`${zoom.web}/oauth/token${path}`, { method: 'POST', ...init })
  const inAddress = `?${new URLSearchParams(grantOf(await zoom.codeFor()))}`
  expect((await post(inAddress, { headers: { authorization } })).status).toBe(200)
  const body = JSON.stringify(grantOf(await zoom.codeFor()))
  const inJson = await post('', { headers: { authorization, 'content-type': 'application/json' }, body })
  expect(await refusedGrant(inJson)).toEqual([400, 'invalid_request', 'Missing grant type. (4706)'])
  const refusalOf = async (fields: Record<string, string>) => refusedGrant(await zoom.oauth('token', fields))
  expect(await refusalOf({ grant_type: 'password' })).toEqual([
    400,
    'unsupported_grant_type',
    'Unsupported grant type. (4705)',
  ])
  for (const grant_type of ['authorization_code', 'refresh_token'])
    expect((await refusalOf({ grant_type }))[1]).toBe('invalid_request')
  expect((await fetch(`${zoom.web}/oauth/token`)).status).toBe(404)
})

test('a refresh gives two new tokens; the old refresh token is dead at once', async () => {
  const first = await zoom.connect()
  const second = await (await zoom.refresh(first.refresh_token)).json()
  expect(Object.keys(second).toSorted()).toEqual(Object.keys(first).toSorted())
  expect(second.refresh_token).not.toBe(first.refresh_token)
  expect([await statusOf(first.access_token), await statusOf(second.access_token)]).toEqual([200, 200])
  expect(await refusedGrant(await zoom.refresh(first.refresh_token))).toEqual(INVALID_TOKEN)
  expect((await zoom.refresh(second.refresh_token)).status).toBe(200)
})

test('of two refreshes at once only one succeeds', async () => {
  const { refresh_token } = await zoom.connect()
  const both = await Promise.all([zoom.refresh(refresh_token), zoom.refresh(refresh_token)])
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 400])
})

test('a refresh may end the access token before it, where control says so', async () => {
  await zoom.set({ oldAccess: 'ends' })
  const first = await zoom.connect()
  const second = await (await zoom.refresh(first.refresh_token)).json()
  expect([await statusOf(first.access_token), await statusOf(second.access_token)]).toEqual([401, 200])
})

test('an access token lives an hour, a refresh token ninety days, by the sandbox’s clock', async () => {
  const first = await zoom.connect()
  await zoom.control.clock(3590)
  expect(await statusOf(first.access_token)).toBe(200)
  await zoom.control.clock(11)
  expect(await zoom.refusal('/users/me', first.access_token)).toEqual([401, 124, 'Access token is expired.'])
  const second = await (await zoom.refresh(first.refresh_token)).json()
  expect(await statusOf(second.access_token)).toBe(200)
  await zoom.control.clock(90 * 86_400)
  expect(await refusedGrant(await zoom.refresh(second.refresh_token))).toEqual(INVALID_TOKEN)
})

test('refusals are a 400, and a 401 where control says so', async () => {
  expect((await zoom.refresh('eyJwrong')).status).toBe(400)
  await zoom.set({ tokenErrors: 401 })
  expect(await refusedGrant(await zoom.refresh('eyJwrong'))).toEqual([401, 'invalid_grant', 'Invalid Token!'])
})

test('a newer authorization of the same person ends the earlier tokens, and nobody else’s', async () => {
  const [first, sam] = [await zoom.connect(), await zoom.connect('sam@acme.example')]
  const second = await zoom.connect()
  expect(await zoom.refusal('/users/me', first.access_token)).toEqual([401, 124, 'Invalid access token.'])
  const [status, error, reason] = await refusedGrant(await zoom.refresh(first.refresh_token))
  expect([status, error, /\d{4}/.exec(reason)?.[0]]).toEqual([400, 'invalid_grant', '4741'])
  expect([await statusOf(second.access_token), await statusOf(sam.access_token)]).toEqual([200, 200])
  await zoom.set({ reauthorize: 'keeps' })
  await zoom.connect()
  expect(await statusOf(second.access_token)).toBe(200)
})

test('revoking an access token ends the refresh token too; a dead one is refused', async () => {
  const { access_token, refresh_token } = await zoom.connect()
  const revoke = (token: string, authorization?: null) => zoom.oauth('revoke', { token }, authorization)
  expect((await refusedGrant(await revoke(access_token, null)))[1]).toBe('invalid_client')
  expect((await revoke(refresh_token)).status).toBe(400)
  expect(await statusOf(access_token)).toBe(200)
  const response = await revoke(access_token)
  expect([response.status, await response.json()]).toEqual([200, { status: 'success' }])
  expect(await statusOf(access_token)).toBe(401)
  expect(await refusedGrant(await zoom.refresh(refresh_token))).toEqual(INVALID_TOKEN)
  expect((await revoke(access_token)).status).toBe(400)
})

test('revoking takes its token in the address as well', async () => {
  const { access_token } = await zoom.connect()
  const response = await fetch(`${zoom.web}/oauth/revoke?token=${access_token}`, {
    method: 'POST',
    headers: { authorization: basic(CLIENT.id, CLIENT.secret) },
  })
  expect([response.status, await statusOf(access_token)]).toEqual([200, 401])
})

test('the app’s scopes taken away end the refresh of who gave them; added ones wait for a new consent', async () => {
  await zoom.set({ appScopes: ['user:read:user', 'meeting:read:list_meetings'] })
  const first = await zoom.connect()
  expect(first.scope).toBe('user:read:user meeting:read:list_meetings')
  await zoom.set({ appScopes: ['user:read:user', 'meeting:read:list_meetings', 'user:read:settings'] })
  const second = await (await zoom.refresh(first.refresh_token)).json()
  expect(second.scope).toBe(first.scope)
  expect((await zoom.connect('sam@acme.example')).scope).toContain('user:read:settings')
  await zoom.set({ appScopes: ['user:read:user'] })
  expect((await refusedGrant(await zoom.refresh(second.refresh_token)))[2]).toContain('(4711)')
})

test('fewer scopes than the app has can be given', async () => {
  await zoom.set({ grantScopes: ['user:read:user'] })
  expect((await zoom.connect()).scope).toBe('user:read:user')
})

test('a person who is gone, an account that disabled the app and an app that is disabled end what there is', async () => {
  const outcome = async (change: Record<string, unknown>) => {
    await zoom.control.reset()
    const { access_token, refresh_token } = await zoom.connect()
    await zoom.set(change)
    const [, , reason] = await refusedGrant(await zoom.refresh(refresh_token))
    return [await statusOf(access_token), /\d{4}/.exec(reason)?.[0]]
  }
  expect(await outcome({ person: { email: DANA, deleted: true } })).toEqual([401, '4735'])
  expect(await outcome({ account: { account: 'acme', disabled: true } })).toEqual([401, '4738'])
  expect(await outcome({ appDisabled: true })).toEqual([401, '4717'])
})

test('control ends what somebody gave, or one kind of token', async () => {
  const [dana, sam] = [await zoom.connect(), await zoom.connect('sam@acme.example')]
  await zoom.set({ endAccess: { account: DANA } })
  expect([await statusOf(dana.access_token), await statusOf(sam.access_token)]).toEqual([401, 200])
  expect((await zoom.refresh(dana.refresh_token)).status).toBe(200)
  await zoom.set({ endRefresh: { account: 'sam@acme.example' } })
  expect([await statusOf(sam.access_token), (await zoom.refresh(sam.refresh_token)).status]).toEqual([200, 400])
  const revoke = (what: { account: string } | { token: string }) => zoom.control.revoke({ provider: 'zoom', ...what })
  expect(await revoke({ account: DANA })).toEqual({ ok: true, ended: 1 })
  expect(await revoke({ token: sam.access_token })).toEqual({ ok: true, ended: 1 })
  expect(await revoke({ token: sam.access_token })).toEqual({ ok: true, ended: 0 })
  expect(await statusOf(sam.access_token)).toBe(401)
})

test('a refresh whose answer is lost has used the refresh token up; a 503 before it has not', async () => {
  const { refresh_token } = await zoom.connect()
  const path = '/zoom-web/oauth/token'
  await zoom.control.faults([{ path, status: 503, times: 1 }])
  expect((await zoom.refresh(refresh_token)).status).toBe(503)
  await zoom.control.faults([{ path, drop: 'after', times: 1 }])
  await expect(zoom.refresh(refresh_token)).rejects.toThrow('fetch failed')
  expect((await zoom.refresh(refresh_token)).status).toBe(400)
})

test('the log names accounts and the kind of grant, and no secrets', async () => {
  const { access_token, refresh_token } = await zoom.connect()
  await zoom.refresh(refresh_token)
  const log = await zoom.control.log()
  expect(log.at(-1)).toMatchObject({ provider: 'zoom', account: DANA, grantType: 'refresh_token', token: 'eyJz…' })
  for (const secret of [access_token, refresh_token, CLIENT.secret]) expect(JSON.stringify(log)).not.toContain(secret)
})
