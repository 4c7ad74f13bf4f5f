import { createHash } from 'node:crypto'
import type { World } from '#sandbox/provider.ts'

/** A Google account. `hd` is the Workspace domain it belongs to. */
export type Account = {
  sub: string
  permissionId: string
  email: string
  name: string
  hd: string | null
  rootId: string
  isDisabled: boolean
}
export type Role = 'reader' | 'commenter' | 'writer' | 'owner'
/** A shared drive; `members` by e-mail address. */
export type SharedDrive = { id: string; name: string; createdAt: number; members: Record<string, Role> }
/** Text of a tab, a line a paragraph: `# ` to `### ` are headings, `- ` and `1. ` lists, `| a | b |` table rows, `**b**` bold, `[t](u)` links. */
export type Tab = { title: string; lines: string[]; tabs: Tab[] }
export type DriveFile = {
  id: string
  name: string
  description: string
  mimeType: string
  /** E-mail address; null in a shared drive, which owns its files itself. */
  owner: string | null
  driveId: string | null
  parent: string
  createdAt: number
  modifiedAt: number
  modifiedBy: string
  trashedAt: number | null
  /** Who it was shared with directly, and when. */
  roles: Record<string, Role>
  sharedAt: Record<string, number>
  /** Anyone with the link may read it. */
  hasLink: boolean
  resourceKey: string | null
  canExport: boolean
  /** What a shortcut leads to. */
  target: string | null
  /** Bytes of a file that is not Google's own format, or of an export, when it is not the text's. */
  size: number | null
  tabs: Tab[]
  starredBy: string[]
  viewedAt: Record<string, number>
  /** Accounts that picked it with the app, which is all that drive.file opens. */
  pickedBy: string[]
  version: number
}
/** `lostBy` is set when one account alone does not see the file any more. */
export type Change = { number: number; fileId: string; at: number; isRemoved: boolean; lostBy: string | null }

export type Client = { id: string; secret: string; redirectUris: string[] }
export type ConsentRequest = {
  clientId: string
  redirectUri: string
  scopes: string[]
  isOffline: boolean
  includesGranted: boolean
  prompt: string[]
  state: string | null
  nonce: string | null
  challenge: { value: string; method: 'S256' | 'plain' } | null
}
export type Code = Pick<ConsentRequest, 'clientId' | 'redirectUri' | 'scopes' | 'isOffline' | 'nonce' | 'challenge'> & {
  account: string
  givesRefresh: boolean
  expiresAt: number
}
/** What a person gave the project. `offline` are the clients that got a refresh token for it once. */
export type Grant = { account: string; scopes: string[]; offline: string[]; expiresAt: number | null }
type Issued = { value: string; account: string; clientId: string; scopes: string[] }
/** `endsAt` is when it was taken away, which may take a while to happen. */
export type AccessToken = Issued & { isOffline: boolean; expiresAt: number; endsAt: number | null }
/** `expiresAt` is of a test app's or of time-based access; `isTimed` says the latter. */
export type RefreshToken = Issued & {
  usedAt: number
  expiresAt: number | null
  isTimed: boolean
  endsAt: number | null
}

export type Api = 'drive' | 'docs'
export type Settings = {
  grantScopes: string[] | null
  publishing: 'production' | 'testing'
  testUsers: string[] | null
  audience: 'external' | 'internal'
  verified: boolean
  clientDeleted: boolean
  adminPolicy: 'page' | 'callback' | null
  sendsIss: boolean
  coop: boolean
  tokenSeconds: number
  refreshTokenLimit: number
  timeBasedSeconds: number | null
  reauthRequired: boolean
  revokeDelaySeconds: number
  disabledApis: Api[]
  domainPolicy: boolean
  limits: { drive: number; docs: number; docsProject: number }
  limitAnswer: 'user' | 'rate' | 'daily' | '429'
  retryAfterSeconds: number | null
  incompleteSearch: boolean
  exportLimitBytes: number
}
export type Used = { used: number; resetAt: number }

/** Everything the simulated Google remembers. */
export type State = {
  world: World
  settings: Settings
  accounts: Account[]
  drives: SharedDrive[]
  files: DriveFile[]
  changes: Change[]
  grants: Map<string, Grant>
  requests: Map<string, ConsentRequest>
  codes: Map<string, Code>
  accessTokens: Map<string, AccessToken>
  refreshTokens: Map<string, RefreshToken>
  /** Requests used in the running minute, by `api account`. */
  used: Map<string, Used>
  nextId: number
}

export const PROJECT_NUMBER = '407408718192'
export const ACCOUNTS = '/google-accounts'
export const DOCS = '/google-docs'

/** The clients of the project: Plugboard's own, and one of another product beside it. */
export const clients = ({ appUrl }: World): Client[] => [
  { id: 'sandbox-google', secret: 'sandbox-google-secret', redirectUris: [`${appUrl}/api/callback/google-docs`] },
  { id: 'sandbox-google-other', secret: 'sandbox-google-other-secret', redirectUris: [`${appUrl}/other/callback`] },
]

export const startSettings = (): Settings => ({
  grantScopes: null,
  publishing: 'production',
  testUsers: null,
  audience: 'external',
  verified: true,
  clientDeleted: false,
  adminPolicy: null,
  sendsIss: true,
  coop: false,
  tokenSeconds: 3599,
  refreshTokenLimit: 100,
  timeBasedSeconds: null,
  reauthRequired: false,
  revokeDelaySeconds: 0,
  disabledApis: [],
  domainPolicy: false,
  limits: { drive: 12_000, docs: 300, docsProject: 3000 },
  limitAnswer: 'user',
  retryAfterSeconds: null,
  incompleteSearch: false,
  exportLimitBytes: 10_000_000,
})

/** What the simulated Google calls itself in callbacks and id tokens. */
export const issuer = ({ url }: World): string => `${url}${ACCOUNTS}`

/** An id in Drive's form that is always the same for the same text: 44 characters for documents, 33 for what is stored. */
export const idOf = (text: string, length: 44 | 33 = 44): string =>
  `1${createHash('sha256')
    .update(text)
    .digest('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .concat(createHash('sha512').update(text).digest('hex'))
    .slice(0, length - 1)}`

/** The id of a shared drive or of the top folder of somebody's own. */
export const rootIdOf = (text: string): string => `0A${idOf(text, 33).slice(1, 12)}Uk9PVA`

/** Times as Drive writes them. */
export const timestamp = (at: number): string => new Date(at).toISOString()

export const accountOf = (state: State, key: string): Account | undefined =>
  state.accounts.find(({ email, sub }) => email === key || sub === key)

export const fileOf = (state: State, id: string): DriveFile | undefined => state.files.find((file) => file.id === id)
