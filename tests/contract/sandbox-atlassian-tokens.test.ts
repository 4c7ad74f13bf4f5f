import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import {
  ACME,
  APP_URL,
  atlassianClient,
  BOTH,
  basic,
  CLIENT,
  CONFLUENCE_SCOPES,
  DANA,
  JIRA_SCOPES,
  KOWALSKI,
  REDIRECT_URI,
  refusal,
  SAM,
} from '#tests/support/sandbox-atlassian.ts'

const atlassian = await newSandbox(atlassianClient)

const MYSELF = '/rest/api/3/myself'
const ROTATED_OUT = [403, { error: 'unauthorized_client', error_description: 'refresh_token is invalid' }]
const ENDED = [403, { error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' }]
const statusOf = async (token: string) => (await atlassian.jira(MYSELF, token)).status
const refreshed = async (value: unknown) => (await atlassian.refresh(value)).json()

test('a code is exchanged for a token of an hour, with its scopes separated by spaces', async () => {
  const answer = await atlassian.grantFor()
  expect(answer).toEqual({
    access_token: expect.stringMatching(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/),
    refresh_token: expect.stringMatching(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/),
    expires_in: 3600,
    token_type: 'Bearer',
    scope: BOTH,
  })
  expect(answer.access_token.length).toBeGreaterThan(1500)
  expect(await statusOf(answer.access_token)).toBe(200)
  await atlassian.control.clock(3601)
  expect(await refusal(await atlassian.jira(MYSELF, answer.access_token))).toEqual([
    401,
    { code: 401, message: 'Unauthorized' },
  ])
})

test('the body may be a form, and the client says who it is nowhere else', async () => {
  const send = async (headers: Record<string, string>, fields: Record<string, string>) =>
    fetch(`${atlassian.auth}/oauth/token`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: await atlassian.codeFor(),
        redirect_uri: REDIRECT_URI,
        ...fields,
      }),
    })
  expect((await send({}, CLIENT)).status).toBe(200)
  const basic = Buffer.from(`${CLIENT.client_id}:${CLIENT.client_secret}`).toString('base64')
  expect((await send({ authorization: `Basic ${basic}` }, {})).status).toBe(401)
})

test('a wrong client is told so with a 401, for a code and for a refresh, and spoils neither', async () => {
  const wrong = { client_secret: 'x' }
  const unauthorized = [401, { error: 'access_denied', error_description: 'Unauthorized' }]
  const code = await atlassian.codeFor()
  expect(await refusal(await atlassian.exchange(code, wrong))).toEqual(unauthorized)
  const { refresh_token } = await (await atlassian.exchange(code)).json()
  const fields = { grant_type: 'refresh_token', refresh_token }
  expect(await refusal(await atlassian.tokenCall({ ...fields, ...wrong }))).toEqual(unauthorized)
  expect(await refusal(await atlassian.tokenCall({ ...fields, client_id: 'x' }))).toEqual(unauthorized)
  expect((await atlassian.refresh(refresh_token)).status).toBe(200)
})

test('a code works once, for five minutes, with the redirect URI it was made for', async () => {
  const invalid = [403, { error: 'invalid_grant', error_description: 'Invalid authorization code' }]
  const used = await atlassian.codeFor()
  await atlassian.exchange(used)
  expect(await refusal(await atlassian.exchange(used))).toEqual(invalid)
  const other = { redirect_uri: `${APP_URL}/api/callback/jira` }
  expect(await refusal(await atlassian.exchange(await atlassian.codeFor(), other))).toEqual(invalid)
  const old = await atlassian.codeFor()
  await atlassian.control.clock(301)
  expect(await refusal(await atlassian.exchange(old))).toEqual(invalid)
})

test('without offline access there is no refresh token', async () => {
  expect(await atlassian.grantFor(DANA, JIRA_SCOPES)).not.toHaveProperty('refresh_token')
})

test('refreshing gives a new refresh token, and the access token before it lives on', async () => {
  const first = await atlassian.grantFor()
  const second = await refreshed(first.refresh_token)
  expect(second).toMatchObject({ expires_in: 3600, token_type: 'Bearer', scope: BOTH })
  expect(second.refresh_token).not.toBe(first.refresh_token)
  expect([await statusOf(first.access_token), await statusOf(second.access_token)]).toEqual([200, 200])
})

test('a used refresh token may be used again for ten minutes', async () => {
  const first = await atlassian.grantFor()
  const [one, two] = [await refreshed(first.refresh_token), await refreshed(first.refresh_token)]
  expect(one.refresh_token).not.toBe(two.refresh_token)
  await atlassian.control.clock(599)
  expect((await atlassian.refresh(first.refresh_token)).status).toBe(200)
  expect((await atlassian.refresh(one.refresh_token)).status).toBe(200)
})

test('used again later, a refresh token takes its whole chain along', async () => {
  const first = await atlassian.grantFor()
  const second = await refreshed(first.refresh_token)
  await atlassian.control.clock(601)
  expect(await refusal(await atlassian.refresh(first.refresh_token))).toEqual(ROTATED_OUT)
  expect(await refusal(await atlassian.refresh(second.refresh_token))).toEqual(ENDED)
  expect(await statusOf(second.access_token)).toBe(401)
})

test('a refresh token that was never given is refused', async () => {
  expect(await refusal(await atlassian.refresh('eyJx.eyJx.x'))).toEqual(ROTATED_OUT)
})

test('a refresh token ends after ninety days without use, which each use begins anew', async () => {
  const first = await atlassian.grantFor()
  await atlassian.control.clock(89 * 86_400)
  const second = await refreshed(first.refresh_token)
  await atlassian.control.clock(89 * 86_400)
  const third = await refreshed(second.refresh_token)
  await atlassian.control.clock(90 * 86_400)
  expect(await refusal(await atlassian.refresh(third.refresh_token))).toEqual(ENDED)
})

test('one consent serves both products', async () => {
  const token = await atlassian.tokenFor()
  expect(await statusOf(token)).toBe(200)
  const listed = await (await atlassian.get('/oauth/token/accessible-resources', token)).json()
  expect(listed).toEqual([
    {
      id: ACME,
      name: 'acme',
      url: `${atlassian.site}/acme`,
      scopes: JIRA_SCOPES.split(' '),
      avatarUrl: expect.stringMatching(/^https:/),
    },
    expect.objectContaining({ id: ACME, scopes: CONFLUENCE_SCOPES.split(' ') }),
  ])
})

test('a later consent replaces the scopes of the earlier one, whose tokens lose the others', async () => {
  const first = await atlassian.grantFor(DANA, `offline_access ${JIRA_SCOPES}`)
  await atlassian.grantFor(DANA, `offline_access ${CONFLUENCE_SCOPES}`)
  const lost = await atlassian.jira(MYSELF, first.access_token)
  expect(lost.headers.get('x-failure-category')).toBe('FAILURE_CLIENT_SCOPE_CHECK')
  expect(await refusal(lost)).toEqual([401, { code: 401, message: 'Unauthorized; scope does not match' }])
  expect((await refreshed(first.refresh_token)).scope).toBe('offline_access')
})

test('a person may be given less than was asked for', async () => {
  await atlassian.set({ grantScopes: ['read:jira-work'] })
  const answer = await atlassian.grantFor()
  expect([answer.scope, 'refresh_token' in answer]).toEqual(['read:jira-work', false])
})

test('a site without Confluence has no entry for it, and one the app left has none at all', async () => {
  const listed = async (account: string) =>
    (await atlassian.get('/oauth/token/accessible-resources', await atlassian.tokenFor(account))).json()
  expect(await listed('dana@kowalski.example')).toEqual([expect.objectContaining({ id: KOWALSKI })])
  const token = await atlassian.tokenFor(SAM)
  expect(await atlassian.control.revoke({ provider: 'jira', site: 'acme' })).toEqual({ ok: true, ended: 1 })
  const after = await (await atlassian.get('/oauth/token/accessible-resources', token)).json()
  expect(after.map(({ name }: { name: string }) => name)).toEqual(['globex-labs', 'globex-labs'])
})

test('removing the app from Connected apps ends everything the person allowed', async () => {
  const dana = await atlassian.grantFor()
  const sam = await atlassian.grantFor(SAM)
  expect(await atlassian.control.revoke({ provider: 'confluence', account: DANA })).toEqual({ ok: true, ended: 1 })
  expect([await statusOf(dana.access_token), await statusOf(sam.access_token)]).toEqual([401, 200])
  expect(await refusal(await atlassian.refresh(dana.refresh_token))).toEqual(ENDED)
  expect((await atlassian.get('/oauth/token/accessible-resources', dana.access_token)).status).toBe(401)
})

test('a person sees the app among their Connected apps, and removes it there', async () => {
  const page = `${atlassian.auth}/manage-profile/apps`
  expect(await (await fetch(page)).text()).toContain('None')
  const { access_token } = await atlassian.grantFor()
  expect(await (await fetch(page)).text()).toContain(`Remove access for ${DANA}`)
  const remove = (headers: Record<string, string>) =>
    fetch(page, { method: 'POST', headers, body: new URLSearchParams({ account: DANA }) })
  expect((await remove({ origin: 'https://elsewhere.example' })).status).toBe(400)
  expect(await statusOf(access_token)).toBe(200)
  expect((await remove({})).status).toBe(200)
  expect(await statusOf(access_token)).toBe(401)
})

test('a person makes an API token, which is shown once', async () => {
  const page = `${atlassian.auth}/manage-profile/security/api-tokens`
  const body = new URLSearchParams({ account: SAM, label: 'Mine' })
  const [, token = ''] = /id="token">([^<]+)</.exec(await (await fetch(page, { method: 'POST', body })).text()) ?? []
  expect((await atlassian.get(`${atlassian.site}/acme${MYSELF}`, basic(SAM, token))).status).toBe(200)
  const list = await (await fetch(page)).text()
  expect(list).toContain(token.slice(-8))
  expect(list).not.toContain(token)
})

test('a refresh token can be ended alone from the outside, with what came of it', async () => {
  const { access_token, refresh_token } = await atlassian.grantFor()
  const other = await atlassian.grantFor()
  expect(await atlassian.control.revoke({ provider: 'jira', token: refresh_token })).toEqual({ ok: true, ended: 1 })
  expect([await statusOf(access_token), await statusOf(other.access_token)]).toEqual([401, 200])
  expect(await refusal(await atlassian.refresh(refresh_token))).toEqual(ENDED)
})

test('a profile needs the scope for it', async () => {
  const me = await (await atlassian.get('/me', await atlassian.tokenFor())).json()
  expect(me).toMatchObject({ account_type: 'atlassian', email: DANA, name: 'Dana Kowalski', account_status: 'active' })
  expect((await atlassian.get('/me', await atlassian.tokenFor(DANA, JIRA_SCOPES))).status).toBe(401)
  expect((await atlassian.get('/me')).status).toBe(401)
})

test('there is nothing to revoke a token with', async () => {
  const { access_token } = await atlassian.grantFor()
  const body = new URLSearchParams({ ...CLIENT, token: access_token })
  expect((await fetch(`${atlassian.auth}/oauth/revoke`, { method: 'POST', body })).status).toBe(404)
  expect(await statusOf(access_token)).toBe(200)
})

test('the token endpoint fails as it is told, for either product', async () => {
  const { refresh_token } = await atlassian.grantFor()
  await atlassian.control.faults([
    { provider: 'jira', path: '/oauth/token', status: 503, body: '<html>', times: 1 },
    { provider: 'confluence', path: '/oauth/token', status: 500, body: '<html>', times: 1 },
  ])
  const statuses = [1, 2, 3].map(() => atlassian.refresh(refresh_token))
  expect((await Promise.all(statuses)).map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 500, 503])
})

test('the log shows whose call it was, and no secret', async () => {
  const { access_token: token, refresh_token } = await atlassian.grantFor()
  await atlassian.jira(`${MYSELF}?expand=groups`, token)
  const log = await atlassian.control.log()
  expect(log[2]).toMatchObject({ path: '/atlassian-auth/oauth/token', status: 200, account: DANA, token: 'eyJr…' })
  expect(log[3]).toMatchObject({ provider: 'jira', account: DANA, query: ['expand'] })
  for (const secret of [token, refresh_token, CLIENT.client_secret]) expect(JSON.stringify(log)).not.toContain(secret)
})

test('control refuses what it does not understand', async () => {
  const nonsense = [
    atlassian.set({ accesType: 'account' }),
    atlassian.set({ shareSites: ['nowhere'] }),
    atlassian.set({ captcha: ['nobody@acme.example'] }),
    atlassian.set({ member: { site: 'acme', email: 'nobody@acme.example' } }),
    atlassian.control.revoke({ provider: 'jira' }),
    atlassian.control.revoke({ provider: 'jira', account: 'nobody@acme.example' }),
  ]
  for (const call of nonsense) await expect(call).rejects.toThrow(': 400 ')
})
