import { createHash } from 'node:crypto'
import type { World } from '#sandbox/provider.ts'

/** Someone of one workspace; `login` is how control and the start data name them. A guest sees only what was shared with them. */
export type Person = { id: string; login: string; name: string; email: string; isGuest: boolean }
/** `domain` is how control and the start data name it. */
export type Workspace = { id: string; domain: string; name: string | null; icon: string | null; people: Person[] }

/** A block as it is written; `text` is marked up as in `markup.ts`. */
export type Block = {
  id: string
  type: string
  text: string
  more: Record<string, unknown>
  children: Block[]
}
/** A value of a row as it is written: text, a number, yes or no, or several of them. */
export type Value = string | number | boolean | readonly string[] | null
export type PropertyType =
  | 'title'
  | 'rich_text'
  | 'number'
  | 'select'
  | 'multi_select'
  | 'status'
  | 'date'
  | 'people'
  | 'checkbox'
  | 'url'
  | 'email'
  | 'relation'
  | 'unique_id'
  | 'created_time'
  | 'created_by'
  | 'last_edited_time'
export type Property = { id: string; name: string; type: PropertyType; options: string[] }

type Common = {
  id: string
  workspace: string
  title: string
  icon: string | null
  createdAt: number
  createdBy: string
  editedAt: number
  editedBy: string
  isTrashed: boolean
  /** Who has full access to something at the top of the workspace; null is everyone who is no guest. */
  owners: string[] | null
}
/** `parent` is another thing's id, or null at the top of the workspace; a row's is its data source. */
export type Page = Common & {
  object: 'page'
  parent: string | null
  blocks: Block[]
  values: Record<string, Value>
  isLocked: boolean
  publicUrl: string | null
}
export type Database = Common & { object: 'database'; parent: string | null; description: string; isInline: boolean }
export type DataSource = Common & { object: 'data_source'; parent: string; properties: Property[] }
export type Thing = Page | Database | DataSource

/** What one person gave the app in one workspace. `shared` are the things they picked; what is below comes along. */
export type Grant = {
  botId: string
  workspace: string
  person: string
  shared: Set<string>
  isActive: boolean
}
/** An access token and the refresh token that came with it. */
export type Token = {
  value: string
  botId: string
  issuedAt: number
  endsAt: number | null
  refresh: { value: string; isEnded: boolean } | null
}
export type ConsentRequest = { redirectUri: string; sentRedirectUri: string | null; state: string | null }
type Code = {
  workspace: string
  person: string
  pages: readonly string[]
  sentRedirectUri: string | null
  expiresAt: number
  isUsed: boolean
}

export type Settings = {
  refreshTokens: boolean
  /** How long an access token lives; null is for ever. Notion tells nobody. */
  tokenSeconds: number | null
  /** How long the access token before a refresh still works. */
  oldTokenSeconds: number
  /** What a second authorization of the same person does to the first. */
  reauthorize: 'keeps' | 'ends-refresh' | 'ends-all'
  owner: 'user' | 'partial' | 'workspace'
  oauthErrors: 'code' | 'error' | 'both'
  versionOnOauth: boolean
  stateOnDenial: boolean
  capabilities: { content: boolean; comments: boolean; users: 'none' | 'names' | 'emails' }
  rate: { perSecond: number; burst: number }
  /** The workspace's own limit, of all its connections together; null leaves it out. */
  spaceRate: { perSecond: number; burst: number } | null
  /** How long a thing is there before a search finds it. */
  searchDelaySeconds: number
  queryLimit: number
  /** Where addresses of pages lead to, in place of the sandbox's own pages. */
  links: string | null
}

/** Everything the simulated Notion remembers. */
export type State = {
  world: World
  settings: Settings
  workspaces: Workspace[]
  things: Map<string, Thing>
  grants: Map<string, Grant>
  tokens: Map<string, Token>
  codes: Map<string, Code>
  requests: Map<string, ConsentRequest>
  /** What is left to a connection or a workspace, and when that was so. */
  budgets: Map<string, { left: number; at: number }>
  /** What webhooks are signed with, once a handshake gave one out. */
  verificationToken: string | null
  nextId: number
}

export const ORIGIN = '/notion-app'

/** The app registered here: Plugboard's own, a public connection. */
export const notionApp = ({ appUrl }: World) => ({
  id: uuidOf('app plugboard'),
  clientId: 'sandbox-notion',
  clientSecret: 'sandbox-notion-secret',
  name: 'Plugboard',
  redirectUri: `${appUrl}/api/callback/notion`,
})

export const startSettings = (): Settings => ({
  refreshTokens: true,
  tokenSeconds: null,
  oldTokenSeconds: 0,
  reauthorize: 'ends-refresh',
  owner: 'user',
  oauthErrors: 'code',
  versionOnOauth: true,
  stateOnDenial: true,
  capabilities: { content: true, comments: false, users: 'emails' },
  rate: { perSecond: 3, burst: 60 },
  spaceRate: null,
  searchDelaySeconds: 0,
  queryLimit: 10_000,
  links: null,
})

/** The id that always belongs to the same text, in Notion's form. */
export function uuidOf(text: string): string {
  const hex = createHash('md5').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-80${hex.slice(14, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** An id nobody has yet. */
export function newId(state: State): string {
  state.nextId += 1
  return uuidOf(`made ${state.nextId}`)
}

/** An id with its dashes; null when the text is no id. Both ways of writing are taken. */
export function parseId(text: string): string | null {
  const hex = text.toLowerCase().replaceAll('-', '')
  const isId = /^[0-9a-f]{32}$/.test(hex) && [32, 36].includes(text.length)
  return isId ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : null
}

/** Times as Notion writes them: to the minute. */
export const timestamp = (at: number): string => new Date(Math.floor(at / 60_000) * 60_000).toISOString()

export const workspaceOf = (state: State, key: string): Workspace | undefined =>
  state.workspaces.find(({ id, domain }) => id === key || domain === key)

export const personOf = (workspace: Workspace | undefined, key: string): Person | undefined =>
  workspace?.people.find(({ id, login }) => id === key || login === key)

/** The workspace and person that `dana@acme` names. */
export function accountOf(state: State, account: string): { workspace: Workspace; person: Person } | null {
  const [login = '', domain = ''] = account.split('@')
  const workspace = state.workspaces.find((one) => one.domain === domain)
  const person = workspace?.people.find((one) => one.login === login)
  return workspace && person ? { workspace, person } : null
}

/** How a grant's person is written where people and control name them. */
export function accountName(state: State, { workspace: id, person }: Pick<Grant, 'workspace' | 'person'>): string {
  const workspace = workspaceOf(state, id)
  return `${personOf(workspace, person)?.login}@${workspace?.domain}`
}
