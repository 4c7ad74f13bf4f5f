import { createHash, timingSafeEqual } from 'node:crypto'
import { type Answer, type Call, fields, json } from '#sandbox/http.ts'
import { atlassianApp, type Chain, type State } from './state.ts'
import { issue, rotate, scopesOf, startChain } from './tokens.ts'

const refused = (status: number, error: string, description: string): Answer =>
  json(status, { error, error_description: description }, { 'cache-control': 'no-store' })

/** POST /oauth/token: a code, or a refresh token, for tokens. The client's id and secret stand in the body, JSON or form. */
export function answerToken(call: Call, state: State): Answer {
  const sent = fields(call)
  if (!sent) return refused(400, 'invalid_request', 'The body has to be JSON or a form')
  const app = atlassianApp(state.world)
  if (sent.client_id !== app.clientId || !equal(sent.client_secret ?? '', app.clientSecret))
    return refused(401, 'access_denied', 'Unauthorized')
  if (sent.grant_type === 'authorization_code') return redeem(call, state, sent)
  if (sent.grant_type === 'refresh_token') return refresh(call, state, sent.refresh_token ?? '')
  return refused(403, 'unsupported_grant_type', `Unsupported grant type: ${sent.grant_type ?? ''}`)
}

function redeem(call: Call, state: State, sent: Record<string, string>): Answer {
  const code = state.codes.get(sent.code ?? '')
  state.codes.delete(sent.code ?? '')
  if (!code || code.expiresAt <= state.world.clock.now() || sent.redirect_uri !== code.redirectUri)
    return refused(403, 'invalid_grant', 'Invalid authorization code')
  return tokens(call, state, startChain(state, code))
}

function refresh(call: Call, state: State, value: string): Answer {
  const chain = rotate(state, value)
  if (chain === 'unknown') return refused(403, 'unauthorized_client', 'refresh_token is invalid')
  if (chain === 'ended') return refused(403, 'invalid_grant', 'Unknown or invalid refresh token.')
  return tokens(call, state, chain)
}

function tokens(call: Call, state: State, chain: Chain): Answer {
  const issued = issue(state, chain)
  call.note.account = chain.email
  call.note.token = issued.access.value
  const body = {
    access_token: issued.access.value,
    ...(issued.refresh && { refresh_token: issued.refresh.value }),
    expires_in: state.settings.tokenSeconds,
    token_type: 'Bearer',
    scope: scopesOf(state, chain).join(' '),
  }
  return json(200, body, { 'cache-control': 'no-store' })
}

/** Compares secrets without telling where they differ. */
function equal(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}
