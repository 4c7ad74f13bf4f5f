import type { ZodType } from 'zod'

export type Config = Readonly<Record<string, string>>

export type Query = Readonly<Record<string, string | number | undefined>>
export type Ask<T> = {
  schema: ZodType<T>
  method?: string
  query?: Query
  body?: unknown
  /** A form instead of JSON. */
  form?: Readonly<Record<string, string>>
  headers?: Readonly<Record<string, string>>
  /** With the grant's second token. */
  asSecond?: true
  /** At the other address of the API. */
  elsewhere?: true
  /** Statuses besides 2xx whose body is parsed with `schema` too. */
  accept?: readonly number[]
  /** `text` hands the body over as a string. */
  as?: 'json' | 'text'
  /** For how many ms the connection does not ask for an answer again: a full page of a log, which stays; a list that is searched. */
  keptMs?: (answer: T) => number
}
/** The only way to a provider's API: bound to base address, credential, timeout and size. Answers are parsed, never cast. */
export type Api = {
  <T>(path: string, ask: Ask<T>): Promise<T>
  /** What is known of the account: what was typed, and what `identify` said. */
  config: Config
  /** As the call, with the answer's headers (paging links, granted scopes). */
  whole: <T>(path: string, ask: Ask<T>) => Promise<{ value: T; headers: Headers }>
  /** The data of each server-sent event, as it comes (html.spec.whatwg.org/multipage/server-sent-events.html). */
  stream: (path: string, ask: Streamed) => Promise<AsyncIterable<string>>
  /** The API's address in this installation, for addresses that no answer tells. */
  base: string
  /** Where its pages are in this installation, where the provider names that (`Endpoints.web`); else as `base`. */
  web: string
}
/** A question whose answer is streamed; aborting `signal` ends it. */
export type Streamed = { body: unknown; headers?: Readonly<Record<string, string>>; signal?: AbortSignal }

export type Answer = { status: number; headers: Headers; body: string }
/** `resource` names a side budget (code search); without it the limit is the account's main one. */
export type RateLimit = { limit: number; remaining: number; resetsAt: Date; resource?: string }
export type Failure =
  | 'expired'
  | 'revoked'
  | 'forbidden'
  | 'scope'
  | 'plan'
  | 'setup'
  | 'not_found'
  | 'unavailable'
  | 'rate_limited'
  /** `organization`: which one at the provider keeps us out, by the name it has there. */
  | { because: 'forbidden' | 'scope' | 'setup'; detail: string; organization?: string }
  | { retryAt: Date }
