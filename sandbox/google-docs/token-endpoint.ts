import { createHash, timingSafeEqual } from 'node:crypto'
import { type Answer, basic, type Call, header, json } from '#sandbox/http.ts'
import { idToken } from './id-token.ts'
import { type AccessToken, accountOf, type Code, clients, type RefreshToken, type State } from './state.ts'
import { endGrant, isRefreshLive, issueAccess, issueRefresh, revocable } from './tokens.ts'

type Form = Readonly<Record<string, string>>
const HEADERS = { 'cache-control': 'no-cache, no-store, max-age=0, must-revalidate', pragma: 'no-cache' }

/** A failure of the endpoints of oauth2.googleapis.com (RFC 6749 section 5.2). */
class Failure extends Error {
  readonly status: number
  readonly body: Record<string, string>
  constructor(status: number, error: string, description: string, more: Record<string, string> = {}) {
    super(error)
    this.status = status
    this.body = { error, error_description: description, ...more }
  }
}

const badRequest = (error: string, description: string): Failure => new Failure(400, error, description)

/** The form of a call; JSON and parameters of the address are not read. */
export function formOf(call: Call): Form {
  const isForm = (header(call, 'content-type') ?? '').startsWith('application/x-www-form-urlencoded')
  return isForm ? Object.fromEntries(new URLSearchParams(call.body.toString('utf8'))) : {}
}

/** Answers with what a function makes, or with its failure. */
function answering(work: () => object): Answer {
  try {
    return json(200, work(), HEADERS)
  } catch (problem) {
    if (!(problem instanceof Failure)) throw problem
    return json(problem.status, problem.body, HEADERS)
  }
}

/** POST /token: a code or a refresh token for an access token. */
export function exchange(call: Call, state: State): Answer {
  const form = formOf(call)
  return answering(() => {
    const clientId = authenticate(call, state, form)
    if (form.grant_type === 'authorization_code') return redeem(call, state, form, clientId)
    if (form.grant_type === 'refresh_token') return refresh(call, state, form, clientId)
    throw badRequest('unsupported_grant_type', `Invalid grant_type: ${form.grant_type ?? ''}`)
  })
}

function authenticate(call: Call, { world, settings }: State, form: Form): string {
  const login = basic(call)
  const id = login?.user ?? form.client_id
  const secret = login?.password ?? form.client_secret
  if (!id) throw badRequest('invalid_request', 'Could not determine client ID from request.')
  const client = clients(world).find((one) => one.id === id)
  if (!client) throw new Failure(401, 'invalid_client', 'The OAuth client was not found.')
  if (settings.clientDeleted) throw new Failure(401, 'deleted_client', 'The OAuth client was deleted.')
  if (!secret) throw badRequest('invalid_request', 'client_secret is missing.')
  if (!equal(secret, client.secret)) throw new Failure(401, 'invalid_client', 'The provided client secret is invalid.')
  return client.id
}

function redeem(call: Call, state: State, form: Form, clientId: string): object {
  if (!form.code) throw badRequest('invalid_request', 'Missing required parameter: code')
  if (!form.code.startsWith('4/')) throw badRequest('invalid_grant', 'Malformed auth code.')
  const code = state.codes.get(form.code)
  state.codes.delete(form.code)
  if (!code || code.expiresAt <= state.world.clock.now() || code.clientId !== clientId)
    throw badRequest('invalid_grant', 'Bad Request')
  if (!form.redirect_uri) throw badRequest('invalid_request', 'Missing parameter: redirect_uri')
  if (form.redirect_uri !== code.redirectUri) throw badRequest('redirect_uri_mismatch', 'Bad Request')
  checkVerifier(code, form.code_verifier)
  const access = issueAccess(state, code)
  const fresh = code.givesRefresh ? issueRefresh(state, code) : null
  note(call, access)
  return {
    ...accessShape(state, access),
    ...(fresh && { refresh_token: fresh.value, ...endShape(state, fresh) }),
    ...idShape(state, access, code.nonce),
  }
}

function checkVerifier({ challenge }: Code, verifier: string | undefined): void {
  if (!challenge) {
    if (verifier) throw badRequest('invalid_grant', 'code_verifier or verifier is not needed.')
    return
  }
  if (!verifier) throw badRequest('invalid_grant', 'Missing code verifier.')
  const proof = challenge.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url')
  // RFC 7636 section 4.1: 43 to 128 unreserved characters
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier) || !equal(proof, challenge.value))
    throw badRequest('invalid_grant', 'Invalid code verifier.')
}

function refresh(call: Call, state: State, form: Form, clientId: string): object {
  if (!form.refresh_token) throw badRequest('invalid_request', 'Missing required parameter: refresh_token')
  const token = state.refreshTokens.get(form.refresh_token)
  if (!token || token.clientId !== clientId) throw badRequest('invalid_grant', 'Bad Request')
  const isClosed = accountOf(state, token.account)?.isDisabled ?? true
  if (isClosed || !isRefreshLive(state, token)) throw badRequest('invalid_grant', 'Token has been expired or revoked.')
  if (state.settings.reauthRequired) {
    const more = { error_uri: 'https://support.google.com/a/answer/9368756', error_subtype: 'invalid_rapt' }
    throw new Failure(400, 'invalid_grant', 'reauth related error (invalid_rapt)', more)
  }
  token.usedAt = state.world.clock.now()
  const access = issueAccess(state, { ...token, isOffline: true })
  note(call, access)
  // The refresh token stays what it is: none comes back.
  return { ...accessShape(state, access), ...endShape(state, token), ...idShape(state, access, null) }
}

/** POST /revoke: a token of either kind takes along all that the person gave the project. */
export function revoke(call: Call, state: State): Answer {
  return answering(() => {
    const value = formOf(call).token ?? call.query.get('token')
    if (!value) throw badRequest('invalid_request', 'Missing required parameter: token')
    const account = revocable(state, value)
    if (account === null) throw badRequest('invalid_token', 'Token expired or revoked')
    call.note.token = value
    call.note.account = account
    endGrant(state, account)
    return {}
  })
}

function note(call: Call, token: AccessToken): void {
  call.note.token = token.value
  call.note.account = token.account
}

const accessShape = (state: State, { value, expiresAt, scopes }: AccessToken) => ({
  access_token: value,
  expires_in: Math.round((expiresAt - state.world.clock.now()) / 1000),
  scope: scopes.join(' '),
  token_type: 'Bearer',
})

const endShape = (state: State, { isTimed, expiresAt }: RefreshToken): object =>
  isTimed && expiresAt !== null
    ? { refresh_token_expires_in: Math.round((expiresAt - state.world.clock.now()) / 1000) }
    : {}

const idShape = (state: State, access: AccessToken, nonce: string | null): object =>
  access.scopes.includes('openid') ? { id_token: idToken(state, access, nonce) } : {}

/** Compares secrets without telling where they differ. */
function equal(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}
