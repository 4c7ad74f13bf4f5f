import { createHash } from 'node:crypto'
import type { World } from '#sandbox/provider.ts'
import { SCOPES } from './scopes.ts'

export type Plan = 'free' | 'pro' | 'business'
/** A customer's account; `key` is how control and the start data name it. */
export type Account = { key: string; id: string; name: string; plan: Plan; isDisabled: boolean; needsApproval: boolean }
/** Someone of one account. `type` 1 is Basic, 2 Licensed, 4 without Meetings, 99 none. */
export type Person = {
  id: string
  account: string
  email: string
  firstName: string
  lastName: string
  type: 1 | 2 | 4 | 99
  roleName: string
  dept: string
  timezone: string
  pmi: number
  cloudRecording: boolean
  isDeleted: boolean
}

/** Who was in a meeting, and from which minute to which; somebody of another company has no `email` that is shown. */
export type Attendee = { name: string; email: string | null; from: number; to: number }
export type TranscriptState = 'ready' | 'processing' | 'none' | 'unsupported'
/** What the cloud kept of one occurrence: who said what, and who wrote what, as `Name: words`. */
export type Recording = {
  lines: readonly string[]
  chat: readonly string[]
  transcript: TranscriptState
  isTrashed: boolean
}
/** One time that a meeting takes place; whether it is past, live or to come is a matter of the clock. */
export type Occurrence = {
  uuid: string
  startAt: number
  minutes: number
  attendees: readonly Attendee[]
  recording: Recording | null
}
/** 1 instant, 2 scheduled, 3 recurring without a fixed time, 8 recurring at a fixed time. */
export type Meeting = {
  id: number
  host: string
  topic: string
  agenda: string
  type: 1 | 2 | 3 | 8
  createdAt: number
  occurrences: Occurrence[]
}

/** One consent's tokens; a refresh gives new ones of the same chain. `endedBy` says why none of them works any more. */
export type Chain = { person: string; scopes: string[]; endedBy: null | 'revoked' | 'newer' }
export type AccessToken = { value: string; chain: Chain; expiresAt: number }
export type RefreshToken = { value: string; chain: Chain; expiresAt: number; isUsed: boolean }
/** What opens the files of one occurrence only. */
export type DownloadToken = { uuid: string; expiresAt: number }
export type ConsentRequest = {
  redirectUri: string
  state: string | null
  challenge: { value: string; method: 'plain' | 'S256' } | null
}
export type Code = {
  person: string
  scopes: string[]
  redirectUri: string
  challenge: ConsentRequest['challenge']
  expiresAt: number
  isUsed: boolean
}
/** What a `next_page_token` goes on with: the same question of the same person. */
export type PageToken = { question: string; start: number; expiresAt: number }

export type Category = 'Light' | 'Medium'
export type Limit = { perSecond: number; perDay: number | null }
/** How often an account was asked in a window that ends; `limit` is set by control. */
export type Used = { used: number; endsAt: number; limit: number | null }

export type Settings = {
  tokenSeconds: number
  /** How long an unused refresh token lives; Zoom promises no number. */
  refreshSeconds: number
  /** Refusals of the token endpoint: 400, and 401 before that. */
  tokenErrors: 400 | 401
  /** What a second authorization of the same person does to the first. */
  reauthorize: 'ends-earlier' | 'keeps'
  /** What a refresh does to the access token before it. */
  oldAccess: 'keeps' | 'ends'
  /** The scopes set on the app in the Marketplace. */
  appScopes: string[]
  /** Fewer than these are given at a consent; null is all of the app's. */
  grantScopes: string[] | null
  appDisabled: boolean
  /** Whether the app is published: only then is it told that it was removed. */
  published: boolean
  /** Whether what people do here is told to the app's endpoint by itself. */
  sendsEvents: boolean
  downloads: 'redirect' | 'direct'
  /** How long a per-second limit counts, for tests that must not depend on a second. */
  windowSeconds: number
  limits: Partial<Record<Category, Partial<Limit>>>
}

/** Everything the simulated Zoom remembers. */
export type State = {
  world: World
  settings: Settings
  accounts: Account[]
  people: Person[]
  meetings: Meeting[]
  accessTokens: Map<string, AccessToken>
  refreshTokens: Map<string, RefreshToken>
  downloadTokens: Map<string, DownloadToken>
  codes: Map<string, Code>
  requests: Map<string, ConsentRequest>
  pageTokens: Map<string, PageToken>
  windows: Map<string, Used>
  /** When the app's endpoint last proved itself. */
  validatedAt: number
  nextId: number
}

export const WEB = '/zoom-web'

/** The app registered here: Plugboard's own, user-managed. */
export const zoomApp = ({ appUrl }: World) => ({
  clientId: 'sandbox-zoom',
  clientSecret: 'sandbox-zoom-secret',
  secretToken: 'sandbox-zoom-secret-token',
  name: 'Plugboard',
  redirectUri: `${appUrl}/api/callback/zoom`,
  endpoint: `${appUrl}/api/webhooks/zoom/app`,
})

export const startSettings = (): Settings => ({
  tokenSeconds: 3600,
  refreshSeconds: 90 * 86_400,
  tokenErrors: 400,
  reauthorize: 'ends-earlier',
  oldAccess: 'keeps',
  appScopes: [...SCOPES],
  grantScopes: null,
  appDisabled: false,
  published: true,
  sendsEvents: false,
  downloads: 'redirect',
  windowSeconds: 1,
  limits: {},
})

const digest = (text: string): Buffer => createHash('md5').update(text).digest()

/** The id of a person or account that always belongs to the same text: 22 characters. */
export const idOf = (text: string): string => digest(text).toString('base64url')

/** The uuid of an occurrence that always belongs to the same text: base64, with whatever that brings. */
export const uuidOf = (text: string): string => digest(text).toString('base64')

/** A meeting's number that always belongs to the same text: eleven digits, more than 32 bits hold. */
export const meetingNumber = (text: string): number => 80_000_000_000 + (digest(text).readUIntBE(0, 6) % 19_000_000_000)

/** The id of a file that always belongs to the same text. */
export const fileIdOf = (text: string): string =>
  digest(text)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** Times as Zoom writes them: UTC, to the second. */
export const timestamp = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`

export const accountOf = (state: State, key: string): Account | undefined =>
  state.accounts.find((one) => one.key === key || one.id === key)

export const personOf = (state: State, email: string): Person | undefined =>
  state.people.find((one) => one.email === email)
