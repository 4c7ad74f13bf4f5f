import type { World } from '#sandbox/provider.ts'
import type { ChatMessage } from './messages.ts'

/** `purchased` and `spent` are in US dollars; what is left may be below zero. */
export type Account = {
  userId: string
  login: string
  name: string
  isOrganization: boolean
  purchased: number
  spent: number
}
export type Reset = 'daily' | 'weekly' | 'monthly'
/** `label` is what GET /key shows. Limits and costs are in US dollars. */
export type Key = {
  value: string
  hash: string
  label: string
  account: string
  isManagement: boolean
  isDisabled: boolean
  createdAt: number
  expiresAt: number | null
  limit: number | null
  limitReset: Reset | null
  spent: { at: number; cost: number }[]
}
type Challenge = { value: string; method: 'S256' | 'plain' }
export type ConsentRequest = { callbackUrl: string; challenge: Challenge | null; label: string }
type Code = ConsentRequest & { account: string; expiresAt: number }

export type Attribution = { referer?: string; title?: string; categories?: string[] }
type Outcome = 'refused' | 'running' | 'finished' | 'failed' | 'cancelled'
/** A prompt as tests may read it back. `pieces` is how many of the answer's pieces were sent. */
export type Received = {
  at: string
  account: string
  model: string | null
  isStreamed: boolean
  fields: string[]
  messages: ChatMessage[]
  attribution: Attribution
  outcome: Outcome
  pieces: number
}
export type Generation = {
  id: string
  account: string
  model: string
  createdAt: number
  promptTokens: number
  completionTokens: number
  cost: number
  finishReason: string | null
  isStreamed: boolean
  isCancelled: boolean
  attribution: Attribution
}
type Used = { used: number; resetAt: number }

export type Trouble = 'rate_limit' | 'unavailable' | 'overloaded' | 'timeout'
export type Settings = {
  reply: string | null
  chunkDelayMs: number
  firstChunkDelayMs: number
  failAfterChunks: number | null
  failWith: 'server_error' | 'rate_limit' | 'cut'
  tearBytes: number | null
  trouble: Trouble | null
  guardrail: boolean
  flaggedWords: string[]
  goneModels: string[]
  unknownModelStatus: 400 | 404
  keyLimit: number | null
  keyLimitReset: Reset | null
  keySeconds: number | null
}

/** Everything the simulated OpenRouter remembers. */
export type State = {
  world: World
  settings: Settings
  accounts: Account[]
  keys: Map<string, Key>
  codes: Map<string, Code>
  requests: Map<string, ConsentRequest>
  received: Received[]
  generations: Map<string, Generation>
  /** Requests to free models, by `account minute` and `account day`. */
  freeUsed: Map<string, Used>
}

/** Who asks, by which key. */
export type Caller = { state: State; account: Account; key: Key }

export const accountOf = (state: State, login: string): Account | undefined =>
  state.accounts.find((account) => account.login === login)

/** Credits that an account has left, in US dollars. */
export const balanceOf = ({ purchased, spent }: Account): number => rounded(purchased - spent)

/** Dollars without the noise of binary fractions. */
export const rounded = (dollars: number): number => Number(dollars.toFixed(9))
