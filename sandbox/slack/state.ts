import type { World } from '#sandbox/provider.ts'

/** Someone of one workspace: Slack knows a person of two workspaces twice. `login` is the handle. */
export type Person = {
  id: string
  login: string
  name: string
  title: string
  email: string
  isAdmin: boolean
  isBot: boolean
  isDeleted: boolean
}
/** `threadTs` is the parent's `ts` in a reply, its own in a parent with replies, else null. */
export type Message = {
  ts: string
  user: string
  text: string
  threadTs: string | null
  /** Set when an app wrote it. */
  bot: { id: string; appId: string; name: string } | null
  more: Record<string, unknown>
}
export type Channel = {
  id: string
  name: string
  formerNames: string[]
  isPrivate: boolean
  isArchived: boolean
  isGeneral: boolean
  topic: string
  purpose: string
  creator: string
  createdAt: number
  updatedAt: number
  members: string[]
  messages: Message[]
}
/** `domain` is the sub-domain of slack.com. */
export type Workspace = { id: string; domain: string; name: string; people: Person[]; channels: Channel[] }

/** An app in a workspace. Scopes only ever grow (docs.slack.dev/authentication/installing-with-oauth, appending scopes). */
export type Installation = {
  teamId: string
  installedBy: string
  botUserId: string
  botId: string
  isBotActive: boolean
  botScopes: string[]
  userScopes: Map<string, string[]>
}

/** `ended` is what calls with a dead token are told. `refresh` belongs to a token that expires. */
export type Token = {
  value: string
  kind: 'bot' | 'user'
  teamId: string
  userId: string
  expiresAt: number | null
  ended: 'account_inactive' | 'token_revoked' | 'token_expired' | null
  refresh: { value: string; usedAt: number | null; isRevoked: boolean } | null
  /** The long-lived token that this one was exchanged for; it ends with the first refresh. */
  exchangedFrom: string | null
}
export type ConsentRequest = {
  redirectUri: string
  sentRedirectUri: string | null
  botScopes: string[]
  userScopes: string[]
  state: string | null
}
type Code = Pick<ConsentRequest, 'botScopes' | 'userScopes' | 'sentRedirectUri'> & {
  teamId: string
  userId: string
  expiresAt: number
}

export type Settings = {
  tokenRotation: boolean
  tokenSeconds: number
  refreshGraceSeconds: number
  grantScopes: string[] | null
  adminApproval: boolean
  stateOnDenial: boolean
  coop: boolean
  distribution: 'internal' | 'commercial'
  largeTeam: boolean
  uninstallForbidden: boolean
  sendsEvents: boolean
}

export type Used = { used: number; resetAt: number }

/** Everything the simulated Slack remembers. */
export type State = {
  world: World
  settings: Settings
  workspaces: Workspace[]
  installations: Map<string, Installation>
  tokens: Map<string, Token>
  codes: Map<string, Code>
  requests: Map<string, ConsentRequest>
  /** Requests used in the running minute, by `team method`. */
  used: Map<string, Used>
  /** Requests a minute that control gave to a method. */
  limits: Map<string, number>
  /** When a channel's next message may be posted, by channel. */
  posts: Map<string, number>
  nextId: number
}

/** The app registered here: Plugboard's own. */
export const slackApp = ({ appUrl }: World) => ({
  id: 'A07PLUGBRD1',
  clientId: 'sandbox-slack',
  clientSecret: 'sandbox-slack-secret',
  signingSecret: 'sandbox-slack-signing-secret',
  verificationToken: 'sandbox-slack-verification',
  name: 'Plugboard',
  redirectUri: `${appUrl}/api/callback/slack`,
  requestUrl: `${appUrl}/api/webhooks/slack/app`,
})

export const startSettings = (): Settings => ({
  tokenRotation: false,
  tokenSeconds: 43_200,
  refreshGraceSeconds: 0,
  grantScopes: null,
  adminApproval: false,
  stateOnDenial: true,
  coop: false,
  distribution: 'internal',
  largeTeam: false,
  uninstallForbidden: false,
  sendsEvents: false,
})

/** An id nobody has yet, in Slack's form: a letter for the kind and ten capitals or digits. */
export function newId(state: State, kind: string): string {
  state.nextId += 1
  return `${kind}09${state.nextId.toString(36).toUpperCase().padStart(8, '0')}`
}

/** A message's id: seconds and six digits, which order the messages of a channel. */
export function newTs(channel: Channel, atMs: number): string {
  const last = Math.max(0, ...channel.messages.map(({ ts }) => micros(ts)))
  const at = Math.max(Math.round(atMs * 1000), last + 1)
  return `${Math.floor(at / 1_000_000)}.${String(at % 1_000_000).padStart(6, '0')}`
}

/** A `ts` as one number, to compare by. */
export const micros = (ts: string): number => {
  const [seconds = '0', fraction = ''] = ts.split('.')
  return Number(seconds) * 1_000_000 + Number(fraction.padEnd(6, '0').slice(0, 6))
}

export const workspaceOf = (state: State, key: string): Workspace | undefined =>
  state.workspaces.find(({ id, domain }) => id === key || domain === key)

export const personOf = (workspace: Workspace, key: string): Person | undefined =>
  workspace.people.find(({ id, login }) => id === key || login === key)

export const channelOf = (workspace: Workspace, key: string): Channel | undefined =>
  workspace.channels.find(({ id, name }) => id === key || name === key)

/** The workspace and person that `dana@acme-corp` names. */
export function accountOf(state: State, account: string): { workspace: Workspace; person: Person } | null {
  const [login = '', domain = ''] = account.split('@')
  const workspace = state.workspaces.find((one) => one.domain === domain)
  const person = workspace?.people.find((one) => one.login === login && !one.isBot && !one.isDeleted)
  return workspace && person ? { workspace, person } : null
}

/** How an account is written where people and control name it. */
export const accountName = (workspace: Workspace, person: Person): string => `${person.login}@${workspace.domain}`
