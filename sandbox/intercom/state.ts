import type { World } from '#sandbox/provider.ts'

export type Region = 'US' | 'EU' | 'AU'

/** A teammate of one workspace. `login` is how control and the consent page name them; whoever has gone can do nothing. */
export type Admin = {
  id: string
  login: string
  name: string
  email: string
  isEmailVerified: boolean
  hasSeat: boolean
  hasGone: boolean
}
/** A customer. `mergedInto` is the id of the contact that took this one over. Times are in seconds. */
export type Contact = {
  id: string
  externalId: string | null
  role: 'user' | 'lead'
  email: string | null
  name: string | null
  phone: string | null
  ownerId: string | null
  country: string | null
  city: string | null
  createdAt: number
  updatedAt: number
  lastSeenAt: number | null
  mergedInto: string | null
}
export type AuthorKind = 'admin' | 'user' | 'lead' | 'bot'
export type Part = {
  id: number
  type: 'comment' | 'note' | 'assignment' | 'close' | 'open' | 'snoozed'
  body: string | null
  at: number
  author: { kind: AuthorKind; id: string }
}
export type Priority = 'none' | 'low' | 'medium' | 'high' | 'urgent'
export type ConversationState = 'open' | 'closed' | 'snoozed'
export type Conversation = {
  id: string
  contactId: string
  channel: 'conversation' | 'email'
  subject: string
  body: string
  title: string | null
  state: ConversationState
  isRead: boolean
  priority: Priority
  createdAt: number
  updatedAt: number
  adminId: string | null
  teamId: number | null
  tags: string[]
  hasAgent: boolean
  parts: Part[]
}
export type Article = {
  id: string
  title: string
  description: string
  body: string
  authorId: string
  state: 'published' | 'draft'
  collectionId: string | null
  createdAt: number
  updatedAt: number
}
export type Collection = { id: string; name: string; description: string | null; parentId: string | null; at: number }
export type HelpCenter = { id: number; identifier: string; name: string }

/** `code` is the workspace's `id_code`, which notifications call `app_id`. */
export type Workspace = {
  code: string
  domain: string
  name: string
  region: Region
  timezone: string
  createdAt: number
  hasPlan: boolean
  helpCenter: HelpCenter | null
  admins: Admin[]
  contacts: Contact[]
  conversations: Conversation[]
  articles: Article[]
  collections: Collection[]
}

/** A token never expires; it ends with the app's place in the workspace, or by control. */
export type Token = { value: string; code: string; adminId: string; hasEnded: boolean }
export type ConsentRequest = { redirectUri: string; state: string | null }
type Code = { code: string; adminId: string; expiresAt: number }

/** What is ticked for the app in the Developer Hub; there are no scopes. */
export const PERMISSIONS = ['conversations', 'contacts', 'articles', 'admins', 'app'] as const
export type Permission = (typeof PERMISSIONS)[number]

export type Settings = {
  reviewed: boolean
  permissions: readonly Permission[]
  defaultVersion: string
  hostRegion: Region | null
  returnsOnDenial: boolean
  sendsEvents: boolean
  appPerMinute: number
  workspacePerMinute: number
}

/** Everything the simulated Intercom remembers. */
export type State = {
  world: World
  settings: Settings
  workspaces: Workspace[]
  /** The codes of the workspaces that have the app. */
  installed: Set<string>
  tokens: Map<string, Token>
  codes: Map<string, Code>
  requests: Map<string, ConsentRequest>
  /** Requests used in a window of ten seconds, by whose they are. */
  used: Map<string, { used: number; resetAt: number }>
  nextId: number
}

/** The app registered here: Plugboard's own. Until it is reviewed only the development workspace can have it. */
export const intercomApp = ({ appUrl }: World) => ({
  clientId: 'sandbox-intercom',
  clientSecret: 'sandbox-intercom-secret',
  name: 'Plugboard',
  developmentWorkspace: 'acme',
  redirectUri: `${appUrl}/api/callback/intercom`,
  notificationUrl: `${appUrl}/api/webhooks/intercom/app`,
  uninstallUrl: `${appUrl}/api/webhooks/intercom/uninstall`,
})

export const startSettings = (): Settings => ({
  reviewed: true,
  permissions: PERMISSIONS,
  defaultVersion: '2.13',
  hostRegion: null,
  returnsOnDenial: true,
  sendsEvents: false,
  appPerMinute: 10_000,
  workspacePerMinute: 25_000,
})

/** The sandbox's time in whole seconds. */
export const secondsNow = (state: State): number => Math.floor(state.world.clock.now() / 1000)

/** A number nobody has yet. */
export function newNumber(state: State): number {
  state.nextId += 1
  return state.nextId
}

export const workspaceOf = (state: State, key: string): Workspace | undefined =>
  state.workspaces.find(({ code, domain }) => code === key || domain === key)

/** Whether a workspace lives where the hosts of this sandbox are. */
export const isOnHost = ({ settings }: State, { region }: Workspace): boolean =>
  settings.hostRegion === null || settings.hostRegion === region

/** How an account is written where people and control name it. */
export const accountName = ({ domain }: Workspace, { login }: Admin): string => `${login}@${domain}`

/** The workspace and teammate that `dana@acme` names. */
export function accountOf(state: State, account: string): { workspace: Workspace; admin: Admin } | null {
  const [login, domain] = account.split('@')
  const workspace = state.workspaces.find((one) => one.domain === domain)
  const admin = workspace?.admins.find((one) => one.login === login && !one.hasGone)
  return workspace && admin ? { workspace, admin } : null
}
