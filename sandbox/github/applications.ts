import { createHash } from 'node:crypto'
import { basic, empty, fields, json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, invalid, notFound, Refusal } from './access.ts'
import { apiUrl, simpleUser } from './shapes.ts'
import { type OAuthApp, oauthApps, type Token, timestamp } from './state.ts'
import { equal } from './token-endpoint.ts'
import { endGrant, liveToken } from './tokens.ts'

type Endpoint = Handler<Context>
type Call = Parameters<Endpoint>[0]

/** The app that HTTP Basic names, and its token from the body: still valid, of this very app. */
function named(call: Call, clientId: string, { state }: Context): { app: OAuthApp; token: Token } {
  const login = basic(call)
  const app = oauthApps(state.world).find((one) => one.clientId === login?.user)
  if (!login || !app || !equal(login.password, app.clientSecret)) throw new Refusal(401, 'Bad credentials')
  if (app.clientId !== clientId) throw notFound()
  const value = fields(call)?.access_token
  if (!value) throw invalid({ resource: 'OauthAccess', code: 'missing_field', field: 'access_token' })
  const token = liveToken(state, value)
  if (token?.clientId !== app.clientId) throw notFound()
  call.note.account = token.account
  return { app, token }
}

/** POST /applications/{client_id}/token: is this token still valid, and whose is it? */
export const checkToken: Endpoint = (call, { client = '' }, context) => {
  const { state } = context
  const { app, token } = named(call, client, context)
  return json(200, {
    id: token.id,
    url: `${apiUrl(state.world)}/authorizations/${token.id}`,
    scopes: token.scopes,
    token: token.value,
    token_last_eight: token.value.slice(-8),
    hashed_token: createHash('sha256').update(token.value).digest('hex'),
    app: { url: app.url, name: app.name, client_id: app.clientId },
    note: null,
    note_url: null,
    updated_at: timestamp(token.createdAt),
    created_at: timestamp(token.createdAt),
    fingerprint: null,
    expires_at: token.expiresAt === null ? null : timestamp(token.expiresAt),
    user: simpleUser(state, token.account),
  })
}

/** DELETE /applications/{client_id}/token: ends this one token. */
export const deleteToken: Endpoint = (call, { client = '' }, context) => {
  context.state.tokens.delete(named(call, client, context).token.value)
  return empty(204)
}

/** DELETE /applications/{client_id}/grant: ends every token this app has for the token's person. */
export const deleteGrant: Endpoint = (call, { client = '' }, context) => {
  const { app, token } = named(call, client, context)
  endGrant(context.state, token.account, app.clientId)
  return empty(204)
}
