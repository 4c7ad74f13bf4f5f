import { createPublicKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import {
  APP_URL,
  CHALLENGE,
  CLIENT,
  DANA,
  EMAIL,
  errorOf,
  googleClient,
  METADATA,
  OTHER,
  READ,
  VERIFIER,
} from '#tests/support/sandbox-google.ts'

const google = await newSandbox(googleClient)
const code = async (query: Record<string, string> = {}) => (await google.consented(query)).get('code')

test('a code is exchanged for an access token of an hour, a refresh token, the scopes and an id token', async () => {
  expect(await google.tokens()).toEqual({
    access_token: expect.stringMatching(/^ya29\.sandbox/),
    expires_in: 3599,
    refresh_token: expect.stringMatching(/^1\/\/0sandbox/),
    scope: `openid ${EMAIL} ${READ}`,
    token_type: 'Bearer',
    id_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
  })
})

test('without signing in there is no id token', async () => {
  expect(await google.tokens({ scope: READ })).not.toHaveProperty('id_token')
})

test('the id token is signed with the published key and says who consented', async () => {
  const { id_token, access_token } = await google.tokens({ nonce: 'n0nce', scope: 'openid email profile' })
  const [head = '', body = '', signature = ''] = id_token.split('.')
  const { keys } = await (await google.get('/google-api/oauth2/v3/certs')).json()
  const key = createPublicKey({ key: keys[0], format: 'jwk' })
  expect(verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))).toBe(true)
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
  expect(claims).toMatchObject({
    iss: `${google.url}/google-accounts`,
    aud: CLIENT.client_id,
    sub: expect.stringMatching(/^\d{21}$/),
    email: DANA,
    email_verified: true,
    hd: 'acme.example',
    name: 'Dana Kowalski',
    nonce: 'n0nce',
  })
  const { exp: _exp, iat: _iat, at_hash: _hash, nonce: _nonce, iss: _iss, azp: _azp, aud: _aud, ...person } = claims
  for (const path of ['/google-openid/v1/userinfo', '/google-api/oauth2/v3/userinfo'])
    expect(await (await google.get(path, access_token)).json()).toEqual(person)
})

test('the discovery document names the endpoints as they are served here', async () => {
  const { issuer, token_endpoint, revocation_endpoint, userinfo_endpoint, jwks_uri } = await (
    await google.get('/google-accounts/.well-known/openid-configuration')
  ).json()
  expect(issuer).toBe(`${google.url}/google-accounts`)
  for (const endpoint of [token_endpoint, revocation_endpoint, userinfo_endpoint, jwks_uri])
    expect(endpoint).toContain(`${google.url}/google-`)
  expect((await fetch(jwks_uri)).status).toBe(200)
})

test('without access_type=offline there is no refresh token', async () => {
  expect(await google.tokens({ access_type: 'online' })).not.toHaveProperty('refresh_token')
})

test('a refresh token comes with the first consent, and again only of prompt=consent', async () => {
  expect(await google.tokens()).toHaveProperty('refresh_token')
  expect(await google.tokens()).not.toHaveProperty('refresh_token')
  expect(await google.tokens({ prompt: 'select_account' })).not.toHaveProperty('refresh_token')
  expect(await google.tokens({ prompt: 'consent select_account' })).toHaveProperty('refresh_token')
  expect(await google.tokens({}, 'sam@acme.example')).toHaveProperty('refresh_token')
})

test('after a consent that was online only, offline access is asked for anew', async () => {
  await google.tokens({ access_type: 'online' })
  expect(await google.tokens()).toHaveProperty('refresh_token')
})

test('include_granted_scopes adds what the project was given before, by its other clients too', async () => {
  await google.consented({ client_id: OTHER.client_id, redirect_uri: OTHER.redirect_uri, scope: METADATA })
  expect((await google.tokens({ scope: READ })).scope).toBe(READ)
  expect((await google.tokens({ scope: READ, include_granted_scopes: 'true' })).scope).toBe(`${READ} ${METADATA}`)
})

test('a code works once, for ten minutes, for its client and its address', async () => {
  const used = await code()
  expect((await google.redeem(used)).status).toBe(200)
  expect(await errorOf(await google.redeem(used))).toBe('400 invalid_grant: Bad Request')
  const late = await code()
  await google.control.clock(601)
  expect(await errorOf(await google.redeem(late))).toBe('400 invalid_grant: Bad Request')
  expect(await errorOf(await google.redeem(await code(), OTHER))).toBe('400 invalid_grant: Bad Request')
  const elsewhere = { redirect_uri: `${APP_URL}/other/callback` }
  expect(await errorOf(await google.redeem(await code(), elsewhere))).toBe('400 redirect_uri_mismatch: Bad Request')
  expect(await errorOf(await google.redeem('nonsense'))).toBe('400 invalid_grant: Malformed auth code.')
  expect(await errorOf(await google.redeem(encodeURIComponent((await code()) ?? '')))).toBe(
    '400 invalid_grant: Malformed auth code.',
  )
})

test('a wrong client or secret is refused and leaves the code alone', async () => {
  const kept = await code()
  const refused = async (fields: Record<string, string>) => errorOf(await google.redeem(kept, fields))
  expect(await refused({ client_id: '' })).toBe('400 invalid_request: Could not determine client ID from request.')
  expect(await refused({ client_id: 'x' })).toBe('401 invalid_client: The OAuth client was not found.')
  expect(await refused({ client_secret: 'x' })).toBe('401 invalid_client: The provided client secret is invalid.')
  expect(await refused({ client_secret: '' })).toBe('400 invalid_request: client_secret is missing.')
  expect(await refused({ grant_type: 'password' })).toBe('400 unsupported_grant_type: Invalid grant_type: password')
  await google.set({ clientDeleted: true })
  expect(await refused({})).toBe('401 deleted_client: The OAuth client was deleted.')
  await google.set({ clientDeleted: false })
  expect((await google.redeem(kept)).status).toBe(200)
})

test('the client may say who it is by HTTP Basic; JSON is not read', async () => {
  const fields = { code: (await code()) ?? '', redirect_uri: `${APP_URL}/api/callback/google-docs` }
  const sent = { ...CLIENT, ...fields, grant_type: 'authorization_code' }
  const asJson = await fetch(`${google.url}/google-oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sent),
  })
  expect(asJson.status).toBe(400)
  const authorization = `Basic ${Buffer.from(`${CLIENT.client_id}:${CLIENT.client_secret}`).toString('base64')}`
  const basic = await google.post('/token', { ...fields, grant_type: 'authorization_code' }, { authorization })
  expect(basic.status).toBe(200)
})

test('a challenge wants its verifier, and a verifier a challenge', async () => {
  const challenged = { code_challenge: CHALLENGE, code_challenge_method: 'S256' }
  expect(CHALLENGE).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
  const outcome = async (query: Record<string, string>, fields: Record<string, string>) => {
    const { error_description = 'tokens' } = await (await google.redeem(await code(query), fields)).json()
    return error_description
  }
  expect(await outcome(challenged, {})).toBe('Missing code verifier.')
  expect(await outcome(challenged, { code_verifier: 'x'.repeat(43) })).toBe('Invalid code verifier.')
  expect(await outcome(challenged, { code_verifier: VERIFIER })).toBe('tokens')
  // a missing method means plain
  expect(await outcome({ code_challenge: CHALLENGE }, { code_verifier: VERIFIER })).toBe('Invalid code verifier.')
  expect(await outcome({ code_challenge: VERIFIER }, { code_verifier: VERIFIER })).toBe('tokens')
  expect(await outcome({}, { code_verifier: VERIFIER })).toBe('code_verifier or verifier is not needed.')
})

test('refreshing gives a new access token and no new refresh token; both access tokens work', async () => {
  const first = await google.tokens({ scope: READ })
  const answer = await (await google.refresh(first.refresh_token)).json()
  expect(answer).toEqual({
    access_token: expect.not.stringContaining(first.access_token),
    expires_in: 3599,
    scope: READ,
    token_type: 'Bearer',
  })
  expect([await google.works(first.access_token), await google.works(answer.access_token)]).toEqual([200, 200])
  expect((await google.refresh(first.refresh_token)).status).toBe(200)
})

test('tokeninfo tells scopes and the end as text, and nothing of a dead token', async () => {
  const { access_token } = await google.tokens()
  const info = await (await google.get('/google-oauth/tokeninfo', undefined, { access_token })).json()
  expect(info).toMatchObject({
    aud: CLIENT.client_id,
    scope: `openid ${EMAIL} ${READ}`,
    expires_in: expect.stringMatching(/^\d+$/),
    access_type: 'offline',
    email: DANA,
  })
  await google.control.revoke({ provider: 'google-docs', token: access_token })
  expect(await errorOf(await google.get('/google-oauth/tokeninfo', undefined, { access_token }))).toBe(
    '400 invalid_token: Invalid Value',
  )
  expect((await google.get('/google-openid/v1/userinfo', access_token)).status).toBe(401)
})

test('a renamed account keeps its number and its tokens', async () => {
  const { access_token, refresh_token } = await google.tokens()
  const sub = async (token: string) => (await (await google.get('/google-openid/v1/userinfo', token)).json()).sub
  const before = await sub(access_token)
  await google.set({ account: { email: DANA, renamedTo: 'dana.k@acme.example' } })
  const { access_token: fresh } = await (await google.refresh(refresh_token)).json()
  expect(await sub(fresh)).toBe(before)
})

test('the log names the account and shows no token', async () => {
  await google.tokens()
  const log = await google.control.log()
  const exchanged = log.find(({ path }) => path === '/google-oauth/token')
  expect(exchanged).toMatchObject({ account: DANA, token: 'ya29…', grantType: 'authorization_code', status: 200 })
  expect(JSON.stringify(log)).not.toContain('sandbox-google-secret')
})
