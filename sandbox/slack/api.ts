import { randomBytes } from 'node:crypto'
import { type Answer, type Call, json } from '#sandbox/http.ts'
import { type Args, type Caller, identify, Refusal, readArgs, sentToken } from './access.ts'
import { revokeRefreshToken } from './ending.ts'
import { count } from './limits.ts'
import { methodOf } from './methods.ts'
import { accountName, type State } from './state.ts'
import { access, exchange } from './token-endpoint.ts'

const AS_APP: Readonly<Record<string, typeof access>> = { 'oauth.v2.access': access, 'oauth.v2.exchange': exchange }

/** Answers one call of the Web API, `name` being the method. */
export function answerApi(call: Call, name: string, state: State): Answer {
  const headers: Record<string, string> = {
    'x-slack-req-id': randomBytes(16).toString('hex'),
    'cache-control': 'private, no-cache, no-store, must-revalidate',
  }
  try {
    return json(200, { ok: true, ...answer(call, name, state, headers) }, headers)
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem
    const body = { ok: false, error: problem.message, ...problem.more }
    return json(problem.status, body, { ...headers, ...problem.headers })
  }
}

function answer(call: Call, name: string, state: State, headers: Record<string, string>): object {
  const args = readArgs(call)
  const asApp = Object.hasOwn(AS_APP, name) ? AS_APP[name] : undefined
  if (asApp) {
    count(state, '', name, 'special')
    return asApp(call, state, args)
  }
  const method = methodOf(name)
  if (!method) throw new Refusal('unknown_method', { req_method: name })
  const ended = name === 'auth.revoke' ? revokeRefreshToken(state, sentToken(call, args), args) : null
  if (ended) return ended
  const caller = knownCaller(call, state, args)
  // A refused call tells the scopes too.
  headers['x-oauth-scopes'] = caller.scopes.join(',')
  headers['x-accepted-oauth-scopes'] = method.accepts
  count(state, caller.workspace.id, name, method.tier)
  if (!method.tokens.includes(caller.token.kind)) throw new Refusal('not_allowed_token_type')
  return method.answer({ state, caller, args }, call)
}

function knownCaller(call: Call, state: State, args: Args): Caller {
  const caller = identify(state, sentToken(call, args))
  call.note.token = caller.token.value
  call.note.account = accountName(caller.workspace, caller.person)
  return caller
}
