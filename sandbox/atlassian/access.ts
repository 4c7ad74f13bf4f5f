import { basic, type Call, header } from '#sandbox/http.ts'
import { isEnough, type Need } from './scopes.ts'
import {
  type Account,
  type ApiToken,
  accountOf,
  type Member,
  memberOf,
  type Product,
  type Site,
  type State,
  siteOf,
  siteUrl,
} from './state.ts'
import { livingChain, scopesOf, siteIdsOf } from './tokens.ts'

/** Who asks, of which site. `scopes` is null where there are no such walls; `self` is the address that the API has for them. */
export type Caller = {
  via: 'oauth' | 'token' | 'anonymous'
  account: Account | null
  member: Member | null
  site: Site
  scopes: readonly string[] | null
  self: string
}
/** Where a call goes: `path` is the one inside the product. */
export type Place = { isGateway: boolean; site: Site | undefined; path: string; self: string }

/** An answer that is not a success; a body that is text stays text. */
export class Refusal extends Error {
  readonly status: number
  readonly body: unknown
  readonly headers: Record<string, string>
  constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
    super(`${status}`)
    this.status = status
    this.body = body
    this.headers = headers
  }
}

const unauthorized = (): Refusal => new Refusal(401, { code: 401, message: 'Unauthorized' })
const notSignedIn = (reason: string): Refusal =>
  new Refusal(
    401,
    { message: 'Client must be authenticated to access this resource.', 'status-code': 401 },
    { 'x-seraph-loginreason': reason, 'www-authenticate': 'OAuth realm="Atlassian"' },
  )

/** What the gateway says of a token that may not do this: 401, not 403. */
export const wrongScope = (): Refusal =>
  new Refusal(
    401,
    { code: 401, message: 'Unauthorized; scope does not match' },
    { 'x-failure-category': 'FAILURE_CLIENT_SCOPE_CHECK' },
  )

const noLicence = (product: Product): Refusal =>
  new Refusal(403, {
    message: `Current user not permitted to use ${product === 'jira' ? 'Jira' : 'Confluence'}`,
    statusCode: 403,
  })

const HOST = '/atlassian-site'

/** Which product a call on an origin that both share is for; null where it is for the account system. */
export function productOf({ origin, rest }: Call): Product | null {
  const [, product] = /^\/ex\/(jira|confluence)\//.exec(rest) ?? []
  if (origin === '/atlassian-api') return product === 'jira' || product === 'confluence' ? product : null
  if (origin !== HOST) return null
  return /^(\/[\w-]+(\.atlassian\.net)?)?\/wiki(\/|$)/.test(rest) ? 'confluence' : 'jira'
}

/**
 * Finds the site of a call: behind the gateway by its cloud id, on a host of its own by the first segment. The host's
 * address without one is the site that `settings.hostSite` names.
 */
export function locate({ origin, rest }: Call, state: State): Place {
  const { world, settings } = state
  if (origin !== HOST) {
    const [, product = '', id = '', path = ''] = /^\/ex\/(\w+)\/([^/]+)(\/.*)?$/.exec(rest) ?? []
    const self = `${world.url}/atlassian-api/ex/${product}/${id}`
    return { isGateway: true, site: state.sites.find((one) => one.id === id), path: path || '/', self }
  }
  const [, first = '', after = ''] = /^\/([^/]+)(\/.*)?$/.exec(rest) ?? []
  const isPath = ['rest', 'wiki', 'browse', 'jira', '_edge', ''].includes(first)
  const site = siteOf(state, isPath ? settings.hostSite : first.replace(/\.atlassian\.net$/, ''))
  return { isGateway: false, site, path: isPath ? rest : after || '/', self: site ? siteUrl(world, site) : '' }
}

/** The person of an API token that works, and the token. */
function byApiToken(call: Call, state: State): { token: ApiToken; account: Account } | null {
  const login = basic(call)
  const token = state.apiTokens.get(login?.password ?? '')
  const account = accountOf(state, login?.user.toLowerCase() ?? '')
  if (!login || !token || !account || token.email !== account.email) return null
  if (token.expiresAt <= state.world.clock.now()) return null
  call.note.account = account.email
  call.note.token = token.value
  return { token, account }
}

/** Who calls the gateway: an app in somebody's name, or a person by an API token with scopes. */
function atGateway(call: Call, state: State, product: Product, { site, self }: Place): Caller {
  const [, bearer] = /^Bearer (\S+)$/i.exec(header(call, 'authorization') ?? '') ?? []
  const chain = bearer === undefined ? null : livingChain(state, bearer)
  const person = byApiToken(call, state)
  if (bearer !== undefined && chain) {
    call.note.account = chain.email
    call.note.token = bearer
  }
  const account = chain ? (accountOf(state, chain.email) ?? null) : (person?.account ?? null)
  if (!account || (!chain && (person?.token.scopes ?? null) === null)) throw unauthorized()
  if (!site || site[product] === 'off') throw new Refusal(404, { status: 404, error: 'Not Found', path: call.rest })
  const member = memberOf(site, account.email) ?? null
  if (chain && !siteIdsOf(state, chain).includes(site.id)) {
    throw product === 'jira' ? wrongScope() : noLicence(product)
  }
  const scopes = chain ? scopesOf(state, chain) : (person?.token.scopes ?? [])
  return { via: chain ? 'oauth' : 'token', account, member, site, scopes, self }
}

/** Who calls a site's own host: a person by an API token without scopes, or nobody. Apps' tokens do not work there. */
function atSite(call: Call, state: State, product: Product, place: Place, isOpen: boolean): Caller {
  const { site, self } = place
  if (!site || site[product] === 'off') throw new Refusal(404, '<!doctype html><title>Page unavailable</title>')
  const scheme = /^(\w+) /.exec(header(call, 'authorization') ?? '')?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'basic') throw notSignedIn('AUTHENTICATED_FAILED')
  if (state.settings.captcha.includes(basic(call)?.user ?? '')) throw notSignedIn('AUTHENTICATION_DENIED')
  const person = byApiToken(call, state)
  if (person && person.token.scopes === null) {
    const { account } = person
    return { via: 'token', account, member: memberOf(site, account.email) ?? null, site, scopes: null, self }
  }
  // Many reads are open to whoever is not signed in, and a wrong token is nobody's.
  if (!isOpen || person) throw notSignedIn('AUTHENTICATED_FAILED')
  return { via: 'anonymous', account: null, member: null, site, scopes: null, self }
}

/** Who asks a product, when they may; refuses everybody else as Atlassian does. */
export function admit(
  call: Call,
  state: State,
  product: Product,
  place: Place,
  { need, isOpen }: { need: Need; isOpen: boolean },
): Caller {
  const caller = place.isGateway ? atGateway(call, state, product, place) : atSite(call, state, product, place, isOpen)
  if (!isEnough(caller.scopes, need)) throw wrongScope()
  if (caller.via === 'oauth' && caller.site[product] === 'blocked') throw wrongScope()
  if (caller.via !== 'anonymous' && !caller.member?.[product]) throw noLicence(product)
  return caller
}
