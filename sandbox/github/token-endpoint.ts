import { createHash, timingSafeEqual } from 'node:crypto'
import { type Answer, type Call, fields, header, json } from '#sandbox/http.ts'
import { type OAuthApp, oauthApps, type State, type Token } from './state.ts'
import { issueOAuthToken, refreshToken } from './tokens.ts'

// docs.github.com/en/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-oauth-app-access-token-request-errors
const TROUBLE = '/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/#'
const ERRORS = {
  bad_verification_code: ['The code passed is incorrect or expired.', `${TROUBLE}bad-verification-code`],
  incorrect_client_credentials: [
    'The client_id and/or client_secret passed are incorrect.',
    `${TROUBLE}incorrect-client-credentials`,
  ],
  redirect_uri_mismatch: [
    'The redirect_uri MUST match the registered callback URL for this application.',
    '/apps/managing-oauth-apps/troubleshooting-authorization-request-errors/#redirect-uri-mismatch2',
  ],
  unverified_user_email: ['The user must have a verified primary email.', `${TROUBLE}unverified_user_email`],
  bad_refresh_token: [
    'The refresh token passed is incorrect or expired.',
    '/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens',
  ],
  unsupported_grant_type: ['The grant_type is not supported.', `${TROUBLE}unsupported_grant_type`],
} as const
type Failure = keyof typeof ERRORS

/** POST /login/oauth/access_token. Failures are HTTP 200 with an error in the body; form-encoded unless JSON is asked for. */
export function exchange(call: Call, state: State): Answer {
  const sent = fields(call) ?? {}
  const app = oauthApps(state.world).find(({ clientId }) => clientId === sent.client_id)
  const outcome =
    app && equal(sent.client_secret ?? '', app.clientSecret)
      ? tokenFor(state, app, sent)
      : 'incorrect_client_credentials'
  if (typeof outcome === 'string') {
    const [description, uri] = ERRORS[outcome]
    return written(call, { error: outcome, error_description: description, error_uri: uri })
  }
  call.note.account = outcome.account
  call.note.token = outcome.value
  return written(call, tokenAnswer(state, outcome))
}

function tokenFor(state: State, app: OAuthApp, sent: Record<string, string>): Token | Failure {
  if (sent.grant_type === 'refresh_token')
    return refreshToken(state, app.clientId, sent.refresh_token ?? '') ?? 'bad_refresh_token'
  if (sent.grant_type !== undefined && sent.grant_type !== 'authorization_code') return 'unsupported_grant_type'
  const code = state.codes.get(sent.code ?? '')
  state.codes.delete(sent.code ?? '')
  if (!code || code.expiresAt <= state.world.clock.now() || code.clientId !== app.clientId)
    return 'bad_verification_code'
  // RFC 6749 s.4.1.3: identical to the one of the authorization request, and required when that had one.
  if ((sent.redirect_uri ?? null) !== code.redirectUri) return 'redirect_uri_mismatch'
  // RFC 9700 s.2.1.1: a verifier without a challenge is a downgrade.
  const proof = sent.code_verifier === undefined ? null : challengeOf(sent.code_verifier)
  if (proof === null ? code.challenge !== null : !equal(proof, code.challenge ?? '-')) return 'bad_verification_code'
  const account = state.accounts.find(({ login }) => login === code.account)
  if (!account) return 'bad_verification_code'
  if (!account.emails.some(({ primary, verified }) => primary && verified)) return 'unverified_user_email'
  return issueOAuthToken(state, {
    account: code.account,
    clientId: app.clientId,
    scopes: code.scopes,
    expires: code.expires,
  })
}

function tokenAnswer(state: State, token: Token): Record<string, string | number> {
  const base = { access_token: token.value, scope: token.scopes.join(','), token_type: 'bearer' }
  if (!token.refresh || token.expiresAt === null) return base
  const now = state.world.clock.now()
  return {
    ...base,
    expires_in: Math.round((token.expiresAt - now) / 1000),
    refresh_token: token.refresh.value,
    refresh_token_expires_in: Math.round((token.refresh.expiresAt - now) / 1000),
  }
}

function written(call: Call, values: Record<string, string | number>): Answer {
  const headers = { 'cache-control': 'no-store' }
  if (/\bapplication\/json\b/.test(header(call, 'accept') ?? '')) return json(200, values, headers)
  const body = new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)])).toString()
  return {
    status: 200,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', ...headers },
    body,
  }
}

// RFC 7636 s.4.1: 43 to 128 unreserved characters.
const challengeOf = (verifier: string): string =>
  /^[A-Za-z0-9._~-]{43,128}$/.test(verifier) ? createHash('sha256').update(verifier).digest('base64url') : ''

/** Compares secrets without telling where they differ. */
export function equal(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}
