import { type Answer, empty } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, managesTeams, readableOrganization } from './access.ts'
import { listed } from './paging.ts'
import { document, notFound } from './refusal.ts'
import { type Host, idOf, isoTime, organizationOf, type Token, type User } from './state.ts'
import { endTokens, isAlive } from './tokens.ts'

type Endpoint = Handler<Context>

/** GET /ping: nobody has to be signed in; the headers say what this is. */
export function ping(host: Host): Answer {
  const isEnterprise = host === 'enterprise'
  return empty(204, {
    'tfp-api-version': '2.6',
    'tfp-appname': isEnterprise ? 'Terraform Enterprise' : 'HCP Terraform',
    ...(isEnterprise && { 'x-tfe-version': '1.1.0' }),
  })
}

const tokensLink = (id: string) => ({ links: { related: `/api/v2/users/${id}/authentication-tokens` } })

/** A user as others see one: no more than a name and a picture. */
export const shownUser = ({ id, username }: Pick<User, 'id' | 'username'>, isService: boolean) => ({
  id,
  type: 'users',
  attributes: {
    username,
    'is-service-account': isService,
    'auth-method': 'tfc',
    'avatar-url': `https://www.gravatar.com/avatar/${idOf('u', username).slice(2)}?s=100&d=mm`,
    'v2-only': true,
    permissions: { 'can-create-organizations': !isService, 'can-change-email': true, 'can-change-username': true },
  },
  relationships: { 'authentication-tokens': tokensLink(id) },
  links: { self: `/api/v2/users/${id}` },
})

/** Whom a token is for: a team's and an organization's have a made-up user, and name themselves beside it. */
function identityOf({ state, caller: { token, user } }: Context) {
  if (user) return { user, email: user.email, type: 'users', id: user.id, path: `/api/v2/users/${user.id}` }
  const isTeam = token.team !== null
  const id = token.team ?? token.organization ?? ''
  const name = isTeam ? `api-${id}` : `api-org-${token.organization}`
  const service = { id: idOf('user', name), username: name }
  const email = `${name}@noreply.${token.host === 'enterprise' ? 'terraform.acme.example' : 'hashicorp.com'}`
  const path = isTeam ? `/api/v2/teams/${id}` : `/api/v2/organizations/${organizationOf(state, id)?.name}`
  return { user: service, email, type: isTeam ? 'teams' : 'organizations', id, path }
}

/** GET /account/details */
export const showAccount: Endpoint = (_call, _params, context) => {
  const { user, email, type, id, path } = identityOf(context)
  const shown = shownUser(user, type !== 'users')
  return document(200, {
    data: {
      ...shown,
      attributes: {
        ...shown.attributes,
        email,
        'unconfirmed-email': null,
        'is-site-admin': false,
        'is-sso-login': false,
      },
      relationships: {
        ...shown.relationships,
        'authenticated-resource': { data: { id, type }, links: { related: path } },
      },
    },
  })
}

/** GET /users/{user} */
export const showUser: Endpoint = (_call, { user: id }, { state, host }) => {
  const user = state.users.find((one) => one.id === id && one.host === host)
  if (!user) throw notFound()
  return document(200, { data: shownUser(user, false) })
}

const shownToken = ({ id, createdAt, lastUsedAt, description, expiresAt, team }: Token, user: User | null) => ({
  id,
  type: 'authentication-tokens',
  attributes: {
    'created-at': isoTime(createdAt),
    'last-used-at': lastUsedAt === null ? null : isoTime(lastUsedAt),
    description,
    token: null,
    'expired-at': expiresAt === null ? null : isoTime(expiresAt),
  },
  relationships: {
    ...(team !== null && { team: { data: { id: team, type: 'teams' } } }),
    'created-by': { data: user && { id: user.id, type: 'users' } },
  },
})

/** GET /users/{user}/authentication-tokens: one's own alone, and only with one of them. */
export const listUserTokens: Endpoint = (_call, { user: id }, { state, caller: { user } }) => {
  if (!user || user.id !== id) throw notFound()
  const own = [...state.tokens.values()].filter((one) => one.username === user.username && one.host === user.host)
  return document(200, { data: own.map((one) => shownToken(one, user)) })
}

/** GET /organizations/{org}/team-tokens: of every team, for who manages teams; `filter[status]` is active or expired. */
export const listTeamTokens: Endpoint = (call, { org = '' }, context) => {
  const organization = readableOrganization(context, org)
  if (organization.host === 'eu' || !managesTeams(context, organization)) throw notFound()
  const status = call.query.get('filter[status]')
  const found = [...context.state.tokens.values()].filter(
    (one) =>
      one.team !== null &&
      one.organization === organization.name &&
      (status === null || status === (isAlive(context.state, one) ? 'active' : 'expired')),
  )
  return listed(call, context.state, found, (one) => shownToken(one, null))
}

function ownToken({ state, caller: { user, token: mine }, ...rest }: Context, id: string): Token {
  const token = [...state.tokens.values()].find((one) => one.id === id && one.host === mine.host)
  if (!token) throw notFound()
  const organization = organizationOf(state, token.organization ?? '')
  const isOwn = token.kind === 'user' && token.username === user?.username
  const isManaged =
    token.team !== null && organization && managesTeams({ state, caller: { user, token: mine }, ...rest }, organization)
  if (!isOwn && !isManaged) throw notFound()
  return token
}

/** GET /authentication-tokens/{token} */
export const showToken: Endpoint = (_call, { token = '' }, context) =>
  document(200, { data: shownToken(ownToken(context, token), context.caller.user) })

/** DELETE /authentication-tokens/{token}: a person's with a token of that person, a team's by who manages teams. */
export const deleteToken: Endpoint = (_call, { token = '' }, context) => {
  const ended = ownToken(context, token)
  endTokens(context.state, (one) => one === ended)
  return empty(204)
}
