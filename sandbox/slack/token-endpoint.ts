import { createHash, timingSafeEqual } from 'node:crypto'
import { basic, type Call } from '#sandbox/http.ts'
import { type Args, Refusal } from './access.ts'
import { accountName, type Installation, personOf, type State, slackApp, type Token, workspaceOf } from './state.ts'
import { failureOf, install, issueToken, refreshToken } from './tokens.ts'

/** oauth.v2.access: a code, or a refresh token, for tokens. Failures are HTTP 200 with `ok: false`. */
export function access(call: Call, state: State, args: Args): object {
  authenticate(call, state, args)
  if (args.code_verifier !== undefined) throw new Refusal('pkce_not_allowed')
  if (args.grant_type === 'refresh_token') {
    const token = refreshToken(state, args.refresh_token ?? '')
    if (!token) throw new Refusal('invalid_refresh_token')
    noteOf(call, state, token)
    return installationShape(state, token)
  }
  if (args.grant_type !== undefined && args.grant_type !== 'authorization_code') throw new Refusal('invalid_grant_type')
  return redeem(call, state, args)
}

function redeem(call: Call, state: State, args: Args): object {
  const code = state.codes.get(args.code ?? '')
  state.codes.delete(args.code ?? '')
  if (!code || code.expiresAt <= state.world.clock.now()) throw new Refusal('invalid_code')
  if ((args.redirect_uri ?? null) !== code.sentRedirectUri) throw new Refusal('bad_redirect_uri')
  const workspace = workspaceOf(state, code.teamId)
  if (!workspace) throw new Refusal('invalid_code')
  const installation = install(state, workspace, code.userId, { bot: code.botScopes, user: code.userScopes })
  const owner = { teamId: workspace.id, userId: code.userId }
  const user = code.userScopes.length > 0 ? issueToken(state, { ...owner, kind: 'user' }) : null
  const bot =
    code.botScopes.length > 0 ? issueToken(state, { ...owner, userId: installation.botUserId, kind: 'bot' }) : null
  const token = bot ?? user
  if (!token) throw new Refusal('no_scopes')
  noteOf(call, state, token)
  const person = personOf(workspace, code.userId)
  if (person) call.note.account = accountName(workspace, person)
  return {
    ...about(state, installation),
    ...(bot && { ...tokenShape(state, installation, bot), bot_user_id: installation.botUserId }),
    authed_user: { id: code.userId, ...(user && tokenShape(state, installation, user)) },
  }
}

/** oauth.v2.exchange: a long-lived token for one that expires, once the app rotates tokens. */
export function exchange(call: Call, state: State, args: Args): object {
  authenticate(call, state, args)
  if (!state.settings.tokenRotation) throw new Refusal('token_rotation_not_enabled')
  const old = state.tokens.get(args.token ?? '')
  if (!old || old.expiresAt !== null) throw new Refusal('invalid_token')
  if ([...state.tokens.values()].some(({ exchangedFrom }) => exchangedFrom === old.value))
    throw new Refusal('token_already_exchanged')
  if (failureOf(state, old) !== null) throw new Refusal('authorization_not_found')
  const { kind, teamId, userId } = old
  const token = issueToken(state, { kind, teamId, userId }, old.value)
  noteOf(call, state, token)
  return installationShape(state, token)
}

/** Refuses whoever is not the app. Its id and secret come by HTTP Basic or in the body, never in the query. */
export function authenticate(call: Call, state: State, args: Args): void {
  const login = basic(call)
  const body = (name: string): string => (call.query.has(name) ? '' : (args[name] ?? ''))
  const app = slackApp(state.world)
  if ((login?.user ?? body('client_id')) !== app.clientId) throw new Refusal('invalid_client_id')
  if (!equal(login?.password ?? body('client_secret'), app.clientSecret)) throw new Refusal('bad_client_secret')
}

function noteOf(call: Call, state: State, token: Token): void {
  call.note.token = token.value
  const workspace = workspaceOf(state, token.teamId)
  const person = workspace && personOf(workspace, token.userId)
  if (workspace && person) call.note.account = accountName(workspace, person)
}

/** The answer about one token: a person's stands at the top too when it comes from a refresh. */
function installationShape(state: State, token: Token): object {
  const installation = state.installations.get(token.teamId)
  if (!installation) throw new Refusal('invalid_refresh_token')
  return {
    ...about(state, installation),
    ...tokenShape(state, installation, token),
    ...(token.kind === 'bot' ? { bot_user_id: installation.botUserId } : { user_id: token.userId }),
  }
}

function about(state: State, { teamId }: Installation) {
  const workspace = workspaceOf(state, teamId)
  return {
    app_id: slackApp(state.world).id,
    team: { id: teamId, name: workspace?.name },
    enterprise: null,
    is_enterprise_install: false,
  }
}

function tokenShape(state: State, installation: Installation, token: Token) {
  const scopes = token.kind === 'bot' ? installation.botScopes : (installation.userScopes.get(token.userId) ?? [])
  return {
    access_token: token.value,
    token_type: token.kind,
    scope: scopes.join(','),
    ...(token.refresh !== null &&
      token.expiresAt !== null && {
        expires_in: Math.round((token.expiresAt - state.world.clock.now()) / 1000),
        refresh_token: token.refresh.value,
      }),
  }
}

/** Compares secrets without telling where they differ. */
function equal(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}
