import type { ZodType } from 'zod'

export type Slot = 'organization' | 'user'
export type Config = Readonly<Record<string, string>>
export type Origins = Readonly<Record<string, string>>
/** `issuer`: what the provider names itself in a callback (RFC 9207). */
export type Endpoints = { api: string; authorize?: string; token?: string; revoke?: string; issuer?: string }

/** A third party we know. Data first; functions only where it leaves the standard. Pure: no rows, no cookies, no environment. */
export type Provider = {
  id: string
  name: string
  category:
    | 'Code repository'
    | 'Documentation'
    | 'Project management'
    | 'Communication'
    | 'Customer support'
    | 'Observability'
    | 'Infrastructure'
    | 'LLM provider'
  slots: readonly Slot[]
  /** What somebody needs before connecting; the guide's checklist. */
  before: readonly string[]
  provides: readonly Provided[]
  /** Where it lives, by name ({ web, api }); each can be replaced by PROVIDER_<P>_<NAME>_ORIGIN. */
  origins: Origins
  endpoints: (origins: Origins, config: Config) => Endpoints
  /** The first is offered first. */
  auth: readonly [AuthMethod, ...AuthMethod[]]
  /** Puts the credential on a request. Default: Authorization: Bearer. */
  sign?: (headers: Headers, grant: Grant) => void
  /** Sent with every API request. */
  headers?: Readonly<Record<string, string>>
  identify: (api: Api, grant: Grant) => Promise<Identity>
  readers: readonly Reader[]
  /** Judges an answer that is not a success; null leaves it to the status code. */
  failure?: (answer: Answer) => Failure | null
  /** Which of an account's budgets a call is counted against, where there are several; a wait holds for its budget alone. */
  budget?: (path: string) => string
  /** What an answer's headers say of the rate limit. */
  limit?: (headers: Headers) => RateLimit | null
  leave: Leave
}

/** One thing a provider gives. `synced`: metadata that is stored; `live`: content fetched for one viewer when they look. */
export type Provided = { what: string; lane: 'synced' | 'live' }

/** How the link ends at the provider: what we do, and what a person does there to be sure. */
export type Leave = {
  revoke: 'rfc7009' | 'none' | ((end: Ending) => Promise<void>)
  /** The page where a person removes us. */
  by: string
  steps: readonly string[]
}
/** `last`: no other connection uses this account, so the whole grant may end. */
export type Ending = { api: Api; grant: Grant; client: Client; last: boolean }
export type Client = { id: string; secret: string | null }

export type AuthMethod = (OAuth2 | Secret | Verified) & { slots?: readonly Slot[] }
export type OAuth2 = {
  type: 'oauth2'
  /** Names the environment pair PROVIDER_<NAME>_CLIENT_ID and _SECRET; providers with the same client share a grant. */
  client: string
  clientAuth: 'basic' | 'body' | 'none'
  pkce: boolean
  scopes: readonly Scope[]
  refresh: 'rotates' | 'keeps' | 'never'
  dialect?: Dialect
}
export type Secret = {
  type: 'api_key' | 'pat' | 'api_token'
  makeAt: string
  fields: readonly Field[]
  grant: (values: Config) => Grant
}
export type Verified = { type: 'verified'; through: string; steps: readonly string[] }
export type Field = { name: string; label: string; secret?: true; optional?: true; hint?: string }

/** `impliedBy`: names an answer may give instead (`user` for `read:user`). `limits` says what is missing without it. */
export type Scope = { name: string; why: string; optional?: true; limits?: string; impliedBy?: readonly string[] }

/** Where a provider leaves RFC 6749. Everything here is named, nothing is a default. */
export type Dialect = {
  scopeSeparator?: string
  authorizeParameters?: Readonly<Record<string, string>>
  tokenHeaders?: Readonly<Record<string, string>>
  /** Turns the body of a token answer into RFC 6749 section 5.1 or 5.2 form. */
  tokenAnswer?: (body: unknown) => unknown
  /** Error codes of the token endpoint that mean what `invalid_grant` means. */
  invalidGrant?: readonly string[]
}

/** What a provider gave. Lives in memory only; never logged, returned, put into an Error or a view. */
export type Grant = {
  token: string
  refreshToken?: string
  expiresAt?: Date
  refreshExpiresAt?: Date
  scopes?: readonly string[]
  config?: Config
  second?: Grant
}

export type Identity = {
  /** Stable key of the account at the provider. */
  id: string
  label: string
  url?: string
  /** What the answer says was granted, where the token answer does not. */
  scopes?: readonly string[]
  expiresAt?: Date
  capabilities?: Readonly<Record<string, unknown>>
}

export type Resource = {
  kind: string
  /** Opaque and URL-safe: [A-Za-z0-9._~-]+ */
  id: string
  title: string
  url: string
  parent?: string
  container?: string
  isPrivate?: boolean
  updatedAt?: string
  excerpt?: string
  /** What a card of this kind shows; its shape is the kind's own. */
  body?: Readonly<Record<string, unknown>>
}
export type Page = { items: readonly Resource[]; nextCursor?: string }

/** One kind of thing that can be listed, searched, read, and recognized behind a pasted link. */
export type Reader = {
  kind: string
  name: string
  /** Kinds one can go into from here in the palette. */
  children?: readonly string[]
  list?: (api: Api, at: { parent?: string; cursor?: string; since?: Date }) => Promise<Page>
  /** `parent` narrows the search to one container where the provider can. */
  search?: (api: Api, query: string, at: { parent?: string; cursor?: string }) => Promise<Page>
  /** Searched only when asked for by name or inside its source, never as one types: its limit is too small. */
  searchOnDemand?: true
  read: (api: Api, id: string) => Promise<Resource>
  /** The id behind a pasted link; `origins` is where the provider lives in this installation. */
  match?: (url: URL, origins: Origins) => string | null
}

export type Query = Readonly<Record<string, string | number | undefined>>
export type Ask<T> = {
  schema: ZodType<T>
  method?: string
  query?: Query
  body?: unknown
  headers?: Readonly<Record<string, string>>
  /** Statuses besides 2xx whose body is parsed with `schema` too. */
  accept?: readonly number[]
  /** `text` hands the body over as a string. */
  as?: 'json' | 'text'
}
/** The only way to a provider's API: bound to base address, credential, timeout and size. Answers are parsed, never cast. */
export type Api = {
  <T>(path: string, ask: Ask<T>): Promise<T>
  /** As the call, with the answer's headers (paging links, granted scopes). */
  whole: <T>(path: string, ask: Ask<T>) => Promise<{ value: T; headers: Headers }>
}

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
