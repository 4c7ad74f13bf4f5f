import { randomBytes } from 'node:crypto'
import type { World } from '#sandbox/provider.ts'

/** An Atlassian account, known by its e-mail address. `showsEmail` is the person's privacy setting towards apps. */
export type Account = { id: string; email: string; name: string; title: string; timeZone: string; showsEmail: boolean }
/** Which products somebody has a licence for on a site. */
export type Member = { email: string; isAdmin: boolean; jira: boolean; confluence: boolean }
/** `blocked`: the product is there, and the app is kept from it. `off`: the site never bought it. */
export type Presence = 'on' | 'blocked' | 'off'
/** A site: `id` is its cloud id, `name` the first label of its host. */
export type Site = {
  id: string
  name: string
  members: Member[]
  jira: Presence
  confluence: Presence
  /** Whether whoever is not signed in sees what is open to everybody. */
  anonymous: boolean
}
export type Product = 'jira' | 'confluence'

/** What one person allowed the app. There is only one of these for a person: each consent replaces its scopes. */
export type Grant = { email: string; scopes: string[]; siteIds: string[] }
/** The refresh tokens that came from one consent. `siteIds` is null where it reaches every site of the grant. */
export type Chain = {
  id: string
  email: string
  scopes: readonly string[]
  siteIds: readonly string[] | null
  isEnded: boolean
}
export type AccessToken = { value: string; chain: Chain; expiresAt: number }
export type RefreshToken = { value: string; chain: Chain; expiresAt: number; usedAt: number | null }
/** A token that a person made for themselves. `scopes` is null in one without: it may do whatever its person may. */
export type ApiToken = {
  value: string
  email: string
  label: string
  scopes: readonly string[] | null
  expiresAt: number
}

export type ConsentRequest = { redirectUri: string; scopes: string[]; state: string | null }
type Code = { redirectUri: string; scopes: string[]; email: string; siteIds: string[]; expiresAt: number }

export type Settings = {
  /** `account`: sites add up and every token reaches all. `resource`: one site is chosen, and the token reaches that one. */
  accessType: 'account' | 'resource'
  shareSites: string[] | null
  grantScopes: string[] | null
  appScopes: string[] | null
  appPrivate: boolean
  coop: boolean
  tokenSeconds: number
  idleSeconds: number
  leewaySeconds: number
  captcha: string[]
  hostSite: string
}
export type Used = { used: number; resetAt: number }

/** Everything the simulated Atlassian remembers of accounts, apps and tokens. */
export type State = {
  world: World
  settings: Settings
  accounts: Account[]
  sites: Site[]
  grants: Map<string, Grant>
  accessTokens: Map<string, AccessToken>
  refreshTokens: Map<string, RefreshToken>
  apiTokens: Map<string, ApiToken>
  codes: Map<string, Code>
  requests: Map<string, ConsentRequest>
  /** Points used in the running hour, by product. */
  points: Map<Product, Used>
  /** Requests in the running second, by tenant, method and endpoint. */
  bursts: Map<string, Used>
  /** Requests a second by method, in place of the usual. */
  burstLimits: Map<string, number>
}

/** The products' one account system: its state is theirs together, and is replaced when it starts over. */
export type Atlassian = { state: State; reset(): void }

/** The app registered here: Plugboard's own. Its owner is Dana. */
export const atlassianApp = ({ appUrl }: World) => ({
  clientId: 'sandbox-atlassian',
  clientSecret: 'sandbox-atlassian-secret',
  name: 'Plugboard',
  owner: 'dana@acme.example',
  redirectUri: `${appUrl}/api/callback/atlassian`,
})

export const accountOf = (state: State, email: string): Account | undefined =>
  state.accounts.find((one) => one.email === email)

/** The site that a name or a cloud id means. */
export const siteOf = (state: State, key: string): Site | undefined =>
  state.sites.find(({ id, name }) => id === key || name === key)

export const memberOf = (site: Site, email: string): Member | undefined =>
  site.members.find((one) => one.email === email)

/** The sites an account is on. */
export const sitesOf = (state: State, email: string): Site[] => state.sites.filter((site) => memberOf(site, email))

/** Where a site has its pages: what stands for `https://{name}.atlassian.net`. */
export const siteUrl = ({ url }: World, { name }: Site): string => `${url}/atlassian-site/${name}`

/** A value nobody can guess, in base64url. */
export const unguessable = (bytes: number): string => randomBytes(bytes).toString('base64url')
