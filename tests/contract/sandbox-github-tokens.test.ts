import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { APP_URL, CLIENT, githubClient, REDIRECT_URI } from '#tests/support/sandbox-github.ts'

const github = await newSandbox(githubClient)

// RFC 7636 appendix B
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const PKCE = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' }
const EXPIRING = { provider: 'github', expiringTokens: true }
const refresh = (value: unknown) =>
  github.tokenCall({ ...CLIENT, grant_type: 'refresh_token', refresh_token: String(value) })
const statusOf = async (token: unknown) => (await github.api('/user', String(token))).status

test('a code is exchanged for a token that works, with its scopes separated by commas', async () => {
  const answer = await github.exchange(await github.codeFor('dana-k'))
  expect(answer).toEqual({
    access_token: expect.stringMatching(/^gho_[A-Za-z0-9]{36}$/),
    scope: 'repo,read:user,user:email,read:org',
    token_type: 'bearer',
  })
  expect(await (await github.api('/user', answer.access_token)).json()).toMatchObject({ login: 'dana-k', id: 4101 })
})

test('scopes that another one implies are dropped, and unknown ones are not granted', async () => {
  const answer = await github.exchange(
    await github.codeFor('dana-k', { scope: 'user gist user:email read:user nonsense' }),
  )
  expect(answer.scope).toBe('user,gist')
})

test('asking for no scope gives those that were granted before', async () => {
  await github.tokenFor('dana-k', { scope: 'repo' })
  expect((await github.exchange(await github.codeFor('dana-k', { scope: '' }))).scope).toBe('repo')
  expect((await github.exchange(await github.codeFor('sam-o', { scope: '' }))).scope).toBe('')
})

test('a person may grant less than was asked', async () => {
  await github.control.set({ provider: 'github', grantScopes: ['read:user'] })
  expect((await github.exchange(await github.codeFor('dana-k'))).scope).toBe('read:user')
})

test('the answer is a form unless JSON is asked for, and the request may be either', async () => {
  const body = { ...CLIENT, code: await github.codeFor('dana-k'), redirect_uri: REDIRECT_URI }
  const response = await fetch(`${github.web}/login/oauth/access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.headers.get('content-type')).toBe('application/x-www-form-urlencoded; charset=utf-8')
  expect(new URLSearchParams(await response.text()).get('access_token')).toMatch(/^gho_/)
})

test('a wrong client id or secret is refused, with a 200 that holds the error', async () => {
  const code = await github.codeFor('dana-k')
  const wrong = [{ client_secret: 'wrong' }, { client_id: 'wrong' }, { client_secret: '' }] as Record<string, string>[] // the keys differ
  for (const fields of wrong) {
    expect(await github.exchange(code, fields)).toEqual({
      error: 'incorrect_client_credentials',
      error_description: 'The client_id and/or client_secret passed are incorrect.',
      error_uri: expect.stringContaining('#incorrect-client-credentials'),
    })
  }
})

test('a wrong client does not use up the code', async () => {
  const code = await github.codeFor('dana-k')
  await github.exchange(code, { client_secret: 'wrong' })
  expect((await github.exchange(code)).access_token).toMatch(/^gho_/)
})

test('the secret belongs in the body: HTTP Basic does not authenticate the token call', async () => {
  const response = await fetch(`${github.web}/login/oauth/access_token`, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      authorization: `Basic ${Buffer.from(`${CLIENT.client_id}:${CLIENT.client_secret}`).toString('base64')}`,
    },
    body: new URLSearchParams({ code: await github.codeFor('dana-k'), redirect_uri: REDIRECT_URI }),
  })
  expect(await response.json()).toMatchObject({ error: 'incorrect_client_credentials' })
})

test('a code works once', async () => {
  const code = await github.codeFor('dana-k')
  const answers = await Promise.all([github.exchange(code), github.exchange(code)])
  expect(answers.map(({ error }) => error ?? 'token').sort()).toEqual(['bad_verification_code', 'token'])
})

test('a code is refused ten minutes after it was given', async () => {
  const [early, late] = [await github.codeFor('dana-k'), await github.codeFor('dana-k')]
  await github.control.clock(590)
  expect((await github.exchange(early)).error).toBeUndefined()
  await github.control.clock(11)
  expect((await github.exchange(late)).error).toBe('bad_verification_code')
})

test('the redirect URI of the exchange must be the one of the authorization', async () => {
  for (const redirect_uri of [`${APP_URL}/api/callback/gitlab`, '']) {
    const answer = await github.exchange(await github.codeFor('dana-k'), { redirect_uri })
    expect(answer.error).toBe('redirect_uri_mismatch')
  }
  const code = await github.codeFor('dana-k')
  expect((await github.tokenCall({ ...CLIENT, code })).error).toBe('redirect_uri_mismatch')
})

test('a challenge asks for its verifier', async () => {
  const withVerifier = async (fields: Record<string, string>) =>
    github.exchange(await github.codeFor('dana-k', PKCE), fields)
  expect((await withVerifier({ code_verifier: VERIFIER })).access_token).toMatch(/^gho_/)
  expect((await withVerifier({ code_verifier: `${VERIFIER.slice(0, -1)}x` })).error).toBe('bad_verification_code')
  expect((await withVerifier({ code_verifier: PKCE.code_challenge })).error).toBe('bad_verification_code')
  expect((await withVerifier({})).error).toBe('bad_verification_code')
})

test('a verifier without a challenge is refused', async () => {
  const answer = await github.exchange(await github.codeFor('dana-k'), { code_verifier: VERIFIER })
  expect(answer.error).toBe('bad_verification_code')
})

test('a person whose e-mail address is not verified gets no token', async () => {
  await github.control.set({ provider: 'github', account: { login: 'new-here', emailVerified: false } })
  expect((await github.exchange(await github.codeFor('new-here'))).error).toBe('unverified_user_email')
})

test('tokens do not expire unless the application says so', async () => {
  const token = await github.tokenFor('dana-k')
  await github.control.clock(300 * 86_400)
  expect(await statusOf(token)).toBe(200)
})

test('expiring tokens end after eight hours and come with a refresh token', async () => {
  await github.control.set(EXPIRING)
  const answer = await github.exchange(await github.codeFor('dana-k'))
  expect(answer).toMatchObject({
    expires_in: 28_800,
    refresh_token: expect.stringMatching(/^ghr_/),
    refresh_token_expires_in: 15_897_600,
  })
  expect(await statusOf(answer.access_token)).toBe(200)
  await github.control.clock(28_801)
  expect(await statusOf(answer.access_token)).toBe(401)
})

test('the scope offline_access asks for an expiring token', async () => {
  const answer = await github.exchange(await github.codeFor('dana-k', { scope: 'repo offline_access' }))
  expect(answer).toMatchObject({ scope: 'repo', expires_in: 28_800, refresh_token: expect.stringMatching(/^ghr_/) })
})

test('refreshing ends the old access token and the old refresh token at once', async () => {
  await github.control.set({ ...EXPIRING, tokenSeconds: 600 })
  const first = await github.exchange(await github.codeFor('dana-k'))
  const second = await refresh(first.refresh_token)
  expect(second).toMatchObject({ expires_in: 600, scope: first.scope, token_type: 'bearer' })
  expect(await statusOf(second.access_token)).toBe(200)
  expect(await statusOf(first.access_token)).toBe(401)
  expect(await refresh(first.refresh_token)).toMatchObject({ error: 'bad_refresh_token' })
  expect(await statusOf(second.access_token)).toBe(200)
})

test('of two refreshes with one token, one wins', async () => {
  await github.control.set(EXPIRING)
  const { refresh_token } = await github.exchange(await github.codeFor('dana-k'))
  const answers = await Promise.all([refresh(refresh_token), refresh(refresh_token)])
  expect(answers.map(({ error }) => error ?? 'token').sort()).toEqual(['bad_refresh_token', 'token'])
})

test('a refresh token outlives its access token, but not six months', async () => {
  await github.control.set(EXPIRING)
  const { refresh_token } = await github.exchange(await github.codeFor('dana-k'))
  await github.control.clock(100 * 86_400)
  const later = await refresh(refresh_token)
  expect(later.access_token).toMatch(/^gho_/)
  await github.control.clock(15_897_601)
  expect((await refresh(later.refresh_token)).error).toBe('bad_refresh_token')
})

test('a refresh needs the client’s secret too', async () => {
  await github.control.set(EXPIRING)
  const { refresh_token } = await github.exchange(await github.codeFor('dana-k'))
  const wrong = { ...CLIENT, client_secret: 'wrong', grant_type: 'refresh_token', refresh_token: String(refresh_token) }
  expect((await github.tokenCall(wrong)).error).toBe('incorrect_client_credentials')
  expect((await refresh(refresh_token)).access_token).toMatch(/^gho_/)
})

test('the eleventh token of the same person, application and scopes ends the oldest', async () => {
  const tokens: string[] = []
  for (let made = 0; made < 10; made += 1) tokens.push(await github.tokenFor('dana-k'))
  const other = await github.tokenFor('dana-k', { scope: 'repo' })
  expect(await statusOf(tokens[0])).toBe(200)
  tokens.push(await github.tokenFor('dana-k'))
  expect(await Promise.all([tokens[0], tokens[1], tokens[10], other].map(statusOf))).toEqual([401, 200, 200, 200])
})

test('deleting a token ends that one alone', async () => {
  const [one, two] = [await github.tokenFor('dana-k'), await github.tokenFor('dana-k')]
  expect((await github.asApp('DELETE', `${CLIENT.client_id}/token`, { access_token: one })).status).toBe(204)
  expect([await statusOf(one), await statusOf(two)]).toEqual([401, 200])
})

test('deleting the grant ends every token of the application for that person, and nobody else’s', async () => {
  const dana = [await github.tokenFor('dana-k'), await github.tokenFor('dana-k', { scope: 'repo' })]
  const sam = await github.tokenFor('sam-o')
  expect((await github.asApp('DELETE', `${CLIENT.client_id}/grant`, { access_token: dana[0] })).status).toBe(204)
  expect(await Promise.all([...dana, sam].map(statusOf))).toEqual([401, 401, 200])
  expect((await github.asApp('DELETE', `${CLIENT.client_id}/grant`, { access_token: dana[1] })).status).toBe(404)
})

test('after the grant is gone, asking for no scope gives none', async () => {
  const token = await github.tokenFor('dana-k')
  await github.asApp('DELETE', `${CLIENT.client_id}/grant`, { access_token: token })
  expect((await github.exchange(await github.codeFor('dana-k', { scope: '' }))).scope).toBe('')
})

test('the application asks about a token with its own credentials', async () => {
  const token = await github.tokenFor('dana-k')
  const check = (value: unknown, secret?: string) =>
    github.asApp('POST', `${CLIENT.client_id}/token`, { access_token: value }, secret)
  const known = await check(token)
  expect(known.status).toBe(200)
  expect(await known.json()).toMatchObject({
    token,
    scopes: ['repo', 'read:user', 'user:email', 'read:org'],
    user: { login: 'dana-k' },
  })
  expect((await check('gho_000000000000000000000000000000000000')).status).toBe(404)
  expect((await check(token, 'wrong')).status).toBe(401)
  expect((await github.asApp('POST', `${CLIENT.client_id}/token`, {})).status).toBe(422)
  expect((await github.asApp('POST', 'another-app/token', { access_token: token })).status).toBe(404)
})

test('revoking in the settings of GitHub ends what applications hold', async () => {
  const token = await github.tokenFor('dana-k')
  const { token: pat } = await github.control.set({
    provider: 'github',
    makePat: { account: 'dana-k', scopes: ['repo'] },
  })
  expect(await github.control.revoke({ provider: 'github', account: 'dana-k' })).toMatchObject({ ended: 1 })
  expect([await statusOf(token), await statusOf(pat)]).toEqual([401, 200])
  await github.control.revoke({ provider: 'github', token: String(pat) })
  expect(await statusOf(pat)).toBe(401)
})
