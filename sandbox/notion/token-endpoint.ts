import { createHash, timingSafeEqual } from 'node:crypto'
import { type Answer, basic, type Call, header, parseJson } from '#sandbox/http.ts'
import { versionOf } from './access.ts'
import { answerOf, Refusal, refused } from './refusal.ts'
import { accountName, type Grant, notionApp, personOf, type State, type Token, workspaceOf } from './state.ts'
import { authorize, endGrant, isAlive, refreshToken, tokenToRefresh } from './tokens.ts'
import { ownerShape } from './users.ts'

type Fields = Record<string, unknown>
const ENDPOINTS: Readonly<Record<string, (call: Call, state: State, sent: Fields) => object>> = {
  '/v1/oauth/token': token,
  '/v1/oauth/introspect': introspect,
  '/v1/oauth/revoke': revoke,
}

/** Answers what the app asks in its own name; null for anything else. */
export function answerOauth(call: Call, state: State): Answer | null {
  const endpoint = Object.hasOwn(ENDPOINTS, call.rest) ? ENDPOINTS[call.rest] : undefined
  if (!endpoint || call.method !== 'POST') return null
  try {
    if (state.settings.versionOnOauth || header(call, 'notion-version') !== undefined) versionOf(call)
    authenticate(call, state)
    return answerOf(endpoint(call, state, body(call)))
  } catch (problem) {
    if (problem instanceof Refusal) return refused(problem, state.settings.oauthErrors)
    throw problem
  }
}

const badRequest = (message: string): Refusal => new Refusal(400, 'invalid_request', message)
const badGrant = (message: string): Refusal => new Refusal(400, 'invalid_grant', message)

// developers.notion.com/reference/create-a-token: HTTP Basic; an id and a secret in the body are not looked at.
function authenticate(call: Call, { world }: State): void {
  const login = basic(call)
  const app = notionApp(world)
  const isRight = login?.user === app.clientId && equal(login.password, app.clientSecret)
  if (!isRight) throw new Refusal(401, 'invalid_client', 'Client authentication failed.')
}

function body(call: Call): Fields {
  if (!header(call, 'content-type')?.startsWith('application/json')) throw badRequest('The body should be JSON.')
  const value = parseJson(call.body)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refusal(400, 'invalid_json', 'Error parsing JSON body.')
  return { ...value }
}

function text(sent: Fields, name: string): string {
  const value = sent[name]
  if (typeof value === 'string' && value !== '') return value
  throw badRequest(`body failed validation: body.${name} should be defined, instead was \`${JSON.stringify(value)}\`.`)
}

function token(call: Call, state: State, sent: Fields): object {
  switch (text(sent, 'grant_type')) {
    case 'authorization_code':
      return granted(call, state, redeem(state, sent))
    case 'refresh_token':
      return granted(call, state, renew(state, text(sent, 'refresh_token')))
    default:
      throw new Refusal(400, 'unsupported_grant_type', 'The grant type is not supported.')
  }
}

function redeem(state: State, sent: Fields): Token {
  const code = state.codes.get(text(sent, 'code'))
  if (!code) throw badGrant('Invalid code.')
  if (code.isUsed) throw badGrant('Invalid code: this code has been revoked.')
  code.isUsed = true
  if (code.expiresAt <= state.world.clock.now()) throw badGrant('Invalid code: this code has expired.')
  // Left out of the authorization it may not be sent here; sent there it has to be the same here.
  if ((sent.redirect_uri ?? null) !== code.sentRedirectUri) throw badGrant('Invalid redirect uri.')
  return authorize(state, code.workspace, code.person, code.pages)
}

function renew(state: State, value: string): Token {
  const old = tokenToRefresh(state, value)
  const grant = old && state.grants.get(old.botId)
  if (!old || !grant?.isActive) throw badGrant('Invalid refresh token.')
  return refreshToken(state, old, grant)
}

/** The answer about new tokens: there is no expires_in. */
function granted(call: Call, state: State, issued: Token): object {
  const grant = state.grants.get(issued.botId)
  const workspace = workspaceOf(state, grant?.workspace ?? '')
  if (!grant || !workspace) throw badGrant('Invalid code.')
  call.note.token = issued.value
  call.note.account = accountName(state, grant)
  return {
    access_token: issued.value,
    token_type: 'bearer',
    refresh_token: issued.refresh?.value ?? null,
    bot_id: grant.botId,
    workspace_id: workspace.id,
    workspace_name: workspace.name,
    workspace_icon: workspace.icon,
    owner: ownerShape(state, personOf(workspace, grant.person)),
    duplicated_template_id: null,
  }
}

function introspect(_call: Call, state: State, sent: Fields): object {
  const found = knownToken(state, text(sent, 'token'))
  if (!found?.grant.isActive || !isAlive(state, found.token)) return { active: false }
  return { active: true, scope: 'read_content', iat: Math.floor(found.token.issuedAt / 1000) }
}

// One token's end is the end of what this person gave the app. A refresh token is not taken.
function revoke(call: Call, state: State, sent: Fields): object {
  const found = knownToken(state, text(sent, 'token'))
  if (!found) throw badRequest('Invalid token.')
  call.note.token = found.token.value
  call.note.account = accountName(state, found.grant)
  if (isAlive(state, found.token)) endGrant(state, found.grant)
  return {}
}

function knownToken(state: State, value: string): { token: Token; grant: Grant } | null {
  const found = state.tokens.get(value)
  const grant = found && state.grants.get(found.botId)
  return found && grant ? { token: found, grant } : null
}

/** Compares secrets without telling where they differ. */
function equal(a: string, b: string): boolean {
  const [left, right] = [a, b].map((one) => createHash('sha256').update(one).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}
