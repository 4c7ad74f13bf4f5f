import { type Answer, type Call, header, json } from '#sandbox/http.ts'
import { bearer, rpcRefusal } from './access.ts'
import { claims } from './id-token.ts'
import { isSignIn, named } from './scopes.ts'
import { ACCOUNTS, accountOf, issuer, type State } from './state.ts'
import { formOf } from './token-endpoint.ts'
import { isAccessLive } from './tokens.ts'

const [EMAIL = ''] = named('userinfo.email')

/** GET /.well-known/openid-configuration */
export function discovery({ world }: State): Answer {
  const { url } = world
  return json(200, {
    issuer: issuer(world),
    authorization_endpoint: `${url}${ACCOUNTS}/o/oauth2/v2/auth`,
    token_endpoint: `${url}/google-oauth/token`,
    userinfo_endpoint: `${url}/google-openid/v1/userinfo`,
    revocation_endpoint: `${url}/google-oauth/revoke`,
    jwks_uri: `${url}/google-api/oauth2/v3/certs`,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'profile'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    claims_supported: 'aud email email_verified exp family_name given_name iat iss name picture sub'.split(' '),
    code_challenge_methods_supported: ['plain', 'S256'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
  })
}

/** GET userinfo: who a token speaks for, as far as its scopes tell. */
export function userinfo(call: Call, state: State): Answer {
  const token = state.accessTokens.get(bearer(call) ?? '')
  const account = token && accountOf(state, token.account)
  if (!token || !account || !isAccessLive(state, token)) {
    const headers = { 'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="invalid_token"' }
    return json(401, { error: 'invalid_request', error_description: 'Invalid Credentials' }, headers)
  }
  call.note.token = token.value
  call.note.account = token.account
  if (!token.scopes.some(isSignIn)) return rpcRefusal(403, 'Request had insufficient authentication scopes.').answer
  return json(200, claims(state, account, token.scopes))
}

/** GET or POST /tokeninfo: a token in the address, in a form, or as a bearer. Numbers are text. */
export function tokeninfo(call: Call, state: State): Answer {
  const value = call.query.get('access_token') ?? formOf(call).access_token ?? bearer(call) ?? ''
  const token = state.accessTokens.get(value)
  const account = token && accountOf(state, token.account)
  if (!token || !account || !isAccessLive(state, token))
    return json(400, { error: 'invalid_token', error_description: 'Invalid Value' })
  call.note.token = token.value
  call.note.account = token.account
  return json(200, {
    azp: token.clientId,
    aud: token.clientId,
    ...(token.scopes.includes('openid') && { sub: account.sub }),
    scope: token.scopes.join(' '),
    exp: String(Math.floor(token.expiresAt / 1000)),
    expires_in: String(Math.floor((token.expiresAt - state.world.clock.now()) / 1000)),
    ...(token.scopes.includes(EMAIL) && { email: account.email, email_verified: 'true' }),
    access_type: token.isOffline ? 'offline' : 'online',
  })
}

/** An address that nothing answers: JSON for who asks for it, else a page. */
export const notFound = (call: Call): Answer =>
  header(call, 'accept')?.includes('application/json')
    ? json(404, { error: { code: 404, message: 'Requested entity was not found.', status: 'NOT_FOUND' } })
    : {
        status: 404,
        headers: { 'content-type': 'text/html; charset=UTF-8' },
        body: '<!DOCTYPE html><title>Error 404 (Not Found)!!1</title>',
      }
