import type { MemoryRepository } from '#sandbox/git/memory.ts'
import type { Repository as Git } from '#sandbox/git/repository.ts'
import type { World } from '#sandbox/provider.ts'

type Email = { email: string; primary: boolean; verified: boolean; visibility: 'public' | 'private' | null }
export type Account = {
  id: number
  login: string
  name: string
  email: string | null
  emails: Email[]
  bio: string
  company: string | null
  location: string
  createdAt: string
}
export type Organization = {
  id: number
  login: string
  description: string
  members: { login: string; role: 'admin' | 'member' }[]
}
export type Permission = 'pull' | 'push' | 'admin'
export type Issue = {
  number: number
  title: string
  body: string
  user: string
  labels: string[]
  state: 'open' | 'closed'
  assignees: string[]
  createdAt: string
  updatedAt: string
  closedAt: string | null
  pull: { head: string; base: string; isDraft: boolean; mergedAt: string | null } | null
}
export type HookDelivery = {
  id: number
  guid: string
  at: string
  event: string
  isRedelivery: boolean
  statusCode: number
  durationMs: number
  body: string
  headers: Record<string, string>
  response: string
}
export type Hook = {
  id: number
  active: boolean
  events: string[]
  config: { url: string; contentType: string; secret: string | null; insecureSsl: string }
  createdAt: string
  updatedAt: string
  deliveries: HookDelivery[]
}
/** `grants` names who may reach it besides its owner and the owners of its organization; a member without a grant sees only public ones. */
export type Repository = {
  id: number
  owner: string
  name: string
  formerNames: string[]
  description: string
  isPrivate: boolean
  isArchived: boolean
  topics: string[]
  homepage: string | null
  stars: number
  license: string | null
  grants: Record<string, Permission>
  createdAt: string
  /** Without `commitTo` it is a repository on disk, which is only read. */
  git: Git & Partial<Pick<MemoryRepository, 'commitTo'>>
  issues: Issue[]
  hooks: Hook[]
}

/** `permissions`, `repositories` and `isPending` matter to fine-grained tokens only; null repositories means all of the resource owner's. */
export type Token = {
  id: number
  value: string
  kind: 'oauth' | 'classic' | 'fine-grained'
  account: string
  clientId: string | null
  scopes: string[]
  createdAt: number
  expiresAt: number | null
  refresh: { value: string; expiresAt: number } | null
  resourceOwner: string | null
  repositories: string[] | null
  permissions: Record<string, 'read' | 'write'>
  isPending: boolean
}
type Code = {
  clientId: string
  redirectUri: string | null
  account: string
  scopes: string[]
  expires: boolean
  challenge: string | null
  expiresAt: number
}
export type ConsentRequest = {
  clientId: string
  redirectUri: string
  sentRedirectUri: string | null
  scopes: string[] | null
  state: string | null
  challenge: string | null
}

export type Settings = {
  expiringTokens: boolean
  tokenSeconds: number
  coop: boolean
  grantScopes: string[] | null
  suspended: boolean
  restrictedOrgs: string[]
  ssoOrgs: string[]
  failedLoginLimit: number
  treeLimit: number
}

export type Used = { used: number; resetAt: number }

/** Everything the simulated GitHub remembers. */
export type State = {
  world: World
  settings: Settings
  accounts: Account[]
  organizations: Organization[]
  repositories: Repository[]
  tokens: Map<string, Token>
  codes: Map<string, Code>
  requests: Map<string, ConsentRequest>
  /** Scopes a person granted to an app before, by `account client`. */
  grants: Map<string, string[]>
  /** Requests used, by `account resource`. */
  used: Map<string, Used>
  failedLogins: { count: number; since: number }
  nextId: number
}

/** What an app registers at GitHub. */
export type OAuthApp = {
  clientId: string
  clientSecret: string
  name: string
  url: string
  redirectUris: readonly string[]
}

/** The OAuth Apps registered here: Plugboard's own. */
export const oauthApps = ({ appUrl }: World): OAuthApp[] => [
  {
    clientId: 'sandbox-github',
    clientSecret: 'sandbox-github-secret',
    name: 'Plugboard',
    url: appUrl,
    redirectUris: [`${appUrl}/api/callback/github`],
  },
]

export const startSettings = (): Settings => ({
  expiringTokens: false,
  tokenSeconds: 28_800,
  coop: false,
  grantScopes: null,
  suspended: false,
  restrictedOrgs: [],
  ssoOrgs: [],
  failedLoginLimit: 30,
  treeLimit: 100_000,
})

/** A number nobody has yet. */
export function newId(state: State): number {
  state.nextId += 1
  return state.nextId
}

/** Times as GitHub writes them: UTC, whole seconds. */
export const timestamp = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

export const accountOf = (state: State, login: string): Account | undefined =>
  state.accounts.find((account) => same(account.login, login))

export const organizationOf = (state: State, login: string): Organization | undefined =>
  state.organizations.find((organization) => same(organization.login, login))

export const repositoryOf = (state: State, owner: string, name: string): Repository | undefined =>
  state.repositories.find((repository) => same(repository.owner, owner) && same(repository.name, name))
