import { createHash, timingSafeEqual } from 'node:crypto'
import { type Answer, basic, type Call, header, json } from '#sandbox/http.ts'
import { sameScopes } from './scopes.ts'
import { accountOf, type Chain, type Code, personOf, type State, zoomApp } from './state.ts'
import { endGrant, issue, ownerOf, spend, startChain } from './tokens.ts'

type Sent = Readonly<Record<string, string>>

/** A failure of the token endpoint; the numbers are those of developers.zoom.us/docs/integrations/oauth-error-messages. */
class Failure extends Error {
  readonly error: string
  constructor(error: string, reason: string, number?: number) {
    super(number === undefined ? reason : `${reason} (${number})`)
    this.error = error
  }
}

const badGrant = (reason: string, number?: number): Failure => new Failure('invalid_grant', reason, number)
const badRequest = (reason: string, number?: number): Failure => new Failure('invalid_request', reason, number)
// What Zoom says of a refresh token that is used up, unknown or too old.
const deadToken = (): Failure => badGrant('Invalid Token!')

/** POST /oauth/token: a code, or a refresh token, for tokens. */
export const answerToken = (call: Call, state: State): Answer =>
  answering(state, () => {
    const sent = parametersOf(call)
    authenticate(call, state)
    if (state.settings.appDisabled) throw badRequest('This app is disabled.', 4717)
    if (sent.grant_type === 'authorization_code') return tokens(call, state, redeem(state, sent))
    if (sent.grant_type === 'refresh_token') return tokens(call, state, renew(state, sent))
    if (!sent.grant_type) throw badRequest('Missing grant type.', 4706)
    throw new Failure('unsupported_grant_type', 'Unsupported grant type.', 4705)
  })

/** POST /oauth/revoke: an access token takes along all that its person gave the app. */
export const answerRevoke = (call: Call, state: State): Answer =>
  answering(state, () => {
    const { token } = parametersOf(call)
    authenticate(call, state)
    if (!token) throw badRequest('Missing token.')
    const owner = state.accessTokens.has(token) ? ownerOf(state, token) : null
    if (owner === null) throw deadToken()
    call.note.token = token
    call.note.account = owner
    endGrant(state, owner)
    return { status: 'success' }
  })

function answering(state: State, work: () => object): Answer {
  try {
    return json(200, work(), { 'cache-control': 'no-store' })
  } catch (problem) {
    if (!(problem instanceof Failure)) throw problem
    return json(state.settings.tokenErrors, { reason: problem.message, error: problem.error })
  }
}

/** The parameters of a form or of the address; JSON is not read. */
function parametersOf(call: Call): Sent {
  const isForm = header(call, 'content-type')?.startsWith('application/x-www-form-urlencoded') ?? false
  const form = isForm ? new URLSearchParams(call.body.toString('utf8')) : []
  return { ...Object.fromEntries(call.query), ...Object.fromEntries(form) }
}

// HTTP Basic; an id and a secret anywhere else are not looked at.
function authenticate(call: Call, { world }: State): void {
  const login = basic(call)
  const app = zoomApp(world)
  if (!login) throw new Failure('invalid_client', 'Missing client_id or client_secret.', 4706)
  if (login.user !== app.clientId) throw new Failure('invalid_client', 'Invalid client_id or client_secret.', 4702)
  if (!equal(login.password, app.clientSecret))
    throw new Failure('invalid_client', 'Invalid client_id or client_secret.', 4704)
}

function redeem(state: State, sent: Sent): Chain {
  if (!sent.code) throw badRequest('Missing code.')
  const code = state.codes.get(sent.code)
  if (!code || code.isUsed) throw badGrant('Invalid authorization code.', 4734)
  code.isUsed = true
  if (code.expiresAt <= state.world.clock.now()) throw badGrant('The authorization code has expired.', 4733)
  if (sent.redirect_uri !== code.redirectUri) throw badRequest('Redirect URI mismatch.', 4709)
  checkVerifier(code, sent.code_verifier)
  refuseOwner(state, code.person)
  return startChain(state, code)
}

function checkVerifier({ challenge }: Code, verifier: string | undefined): void {
  if (!challenge) {
    // RFC 9700 section 2.1.1: a verifier without a challenge is a sign that somebody took the challenge away.
    if (verifier) throw badGrant('The code verifier does not belong to this code.')
    return
  }
  const proof =
    challenge.method === 'plain'
      ? verifier
      : createHash('sha256')
          .update(verifier ?? '')
          .digest('base64url')
  if (!verifier || !proof || !equal(proof, challenge.value)) throw badGrant('Invalid code verifier.')
}

function renew(state: State, sent: Sent): Chain {
  if (!sent.refresh_token) throw badRequest('Missing refresh token.')
  const token = state.refreshTokens.get(sent.refresh_token)
  if (!token) throw deadToken()
  if (token.chain.endedBy === 'newer') throw badGrant('The token has been revoked.', 4741)
  if (token.chain.endedBy || token.isUsed || token.expiresAt <= state.world.clock.now()) throw deadToken()
  refuseOwner(state, token.chain.person)
  const { scopes } = token.chain
  const left = scopes.filter((scope) => state.settings.appScopes.includes(scope))
  if (!sameScopes(scopes, left)) throw badRequest('The token’s scopes do not match those of the app.', 4711)
  spend(state, token)
  return token.chain
}

function refuseOwner(state: State, email: string): void {
  const person = personOf(state, email)
  if (!person || person.isDeleted) throw badGrant('The owner of the token does not exist.', 4735)
  if (accountOf(state, person.account)?.isDisabled)
    throw badGrant('This app has been disabled by the account admin.', 4738)
}

function tokens(call: Call, state: State, chain: Chain): object {
  const { access, refresh } = issue(state, chain)
  call.note.token = access.value
  call.note.account = chain.person
  return {
    access_token: access.value,
    token_type: 'bearer',
    refresh_token: refresh.value,
    expires_in: state.settings.tokenSeconds,
    scope: chain.scopes.join(' '),
    api_url: `${state.world.url}/zoom-api`,
  }
}

/** Compares secrets without telling where they differ. */
function equal(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}
