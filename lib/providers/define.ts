import type { ZodType } from 'zod'

export type Slot = 'organization' | 'user'
export type Config = Readonly<Record<string, string>>
export type Origins = Readonly<Record<string, string>>
/** `issuer`: what the provider names itself in a callback (RFC 9207). `elsewhere`: another address that its API has. */
export type Endpoints = {
  api: string
  elsewhere?: string
  authorize?: string
  token?: string
  revoke?: string
  issuer?: string
}

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
  /** Other hosts its things have addresses on, one label for the `*`: `*.slack.com`. */
  hosts?: readonly string[]
  endpoints: (origins: Origins, config: Config) => Endpoints
  /** The first is offered first. */
  auth: readonly [AuthMethod, ...AuthMethod[]]
  /** What an admin may switch on besides, each with permissions of its own. */
  options?: readonly Option[]
  /** What is switched on and off for boards, where everyone reads through the organization's connection. */
  sharing?: Sharing
  /** What a person can do about a failure of setup, by its detail; about a connection or a connect that failed, by the reason's code. */
  remedies?: Readonly<Record<string, string>>
  /** Puts the credential on a request. Default: Authorization: Bearer. */
  sign?: (headers: Headers, grant: Grant) => void
  /** Sent with every API request. */
  headers?: Readonly<Record<string, string>>
  identify: (api: Api, grant: Grant) => Promise<Identity>
  /**
   * What a grant opens, where it is more than one connection can stand for: a person chooses one of them, and `identify` is asked
   * with its config. Asked with an api that has no config yet.
   */
  sites?: (api: Api) => Promise<readonly Site[]>
  readers: readonly Reader[]
  /** Has a question answered by a language model. */
  converse?: Converse
  /** Judges an answer that is not a success; null leaves it to the status code. */
  failure?: (answer: Answer) => Failure | null
  /** Which of an account's budgets a call is counted against, where there are several; a wait holds for its budget alone. */
  budget?: (path: string) => string
  /** What an answer's headers say of the rate limit. */
  limit?: (headers: Headers) => RateLimit | null
  leave: Leave
  guide?: Guide
}

/**
 * What the setup guide says besides what it draws from the rest: what one meets at the provider while connecting, and a
 * section of its own.
 */
export type Guide = { connect?: readonly string[]; more?: { title: string; lines: readonly string[] } }

/** A switch of an admin's. Scopes name it by its id and are asked for only while it is on. */
export type Option = { id: string; label: string; hint: string }

/** The containers an admin allows on boards: their kind, and the sentences of the page where that is done. */
export type Sharing = {
  kind: string
  /** What turning one on lets everybody do, after "can ", with the container's name: `read messages from #x, even if ...`. */
  audience: (name: string) => string
  /** What to do when there are none. */
  none: string
  /** What the person who connects chooses there for everybody: `pages`. */
  chosen?: string
  /** What has to be done at the provider before one that an admin turns on can be read; where that fails, it stays off. */
  turnedOn?: (api: Api, id: string) => Promise<void>
}

/** One thing a provider gives. `synced`: metadata that is stored; `live`: content fetched for one viewer when they look. */
export type Provided = { what: string; lane: 'synced' | 'live' }

/**
 * How the link ends at the provider: what we do, and what a person does there to be sure. `rfc7009` is asked only for the last
 * connection of an account. `kept`: nothing was ended, since that would have ended other connections too.
 */
export type Leave = {
  revoke: 'rfc7009' | 'none' | ((end: Ending) => Promise<'ended' | 'kept'>)
  /** One token can be ended while others of its account go on. */
  alone?: true
  /** The page where a person removes us. */
  by: string
  steps: readonly string[]
}
/** `last`: no other connection uses this account, so the whole grant may end. */
export type Ending = { api: Api; grant: Grant; client: Client; last: boolean }
export type Client = { id: string; secret: string | null }

/** One of several places that a grant opens. `id` is the same for every provider of the grant's client; `config` says how to reach it. */
export type Site = { id: string; label: string; url?: string; config: Config }

export type AuthMethod = (OAuth2 | Secret | Verified) & { slots?: readonly Slot[] }
export type OAuth2 = {
  type: 'oauth2'
  /**
   * Names the environment pair PROVIDER_<NAME>_CLIENT_ID and _SECRET; providers with the same client share a grant.
   * Null: the provider knows no clients, anybody may ask.
   */
  client: string | null
  /** Whose account it is, where providers share a client: `Atlassian`. One consent may then connect several of them. */
  account?: string
  clientAuth: 'basic' | 'body' | 'none'
  pkce: boolean
  scopes: readonly Scope[]
  refresh: 'rotates' | 'keeps' | 'never'
  dialect?: Dialect
}
/** A secret that somebody makes at the provider and pastes. */
export type Secret = {
  type: 'api_key' | 'pat' | 'api_token'
  /** What it is called in a sentence: `key`, `token`. */
  noun: string
  /** The page where it is made, and what the link to it says. */
  makeAt: string
  makeLabel: string
  fields: readonly Field[]
  scopes: readonly Scope[]
  /** Why these values cannot work, told before anything is sent; null when they may. */
  refuse?: (values: Config) => { field: string; detail: string } | null
  /** What is said instead of the usual words: the provider took none of it (`secret`), or knows no such place (`unknown`). */
  refused?: { secret?: (values: Config) => string; unknown?: (values: Config) => string }
  /** Permissions nobody needs here, and what somebody could do with them: `delete repositories`. */
  broad?: Readonly<Record<string, string>>
  /** Once it is kept, what it reaches is shown: the next thing somebody wants to see. */
  showsReached?: true
  /** What is tried before it is stored, after `identify`, on endpoints the product uses. */
  checks: readonly Check[]
  grant: (values: Config) => Grant
}
/** `scope`: the permission it proves, tried only while that is asked for; one that fails without a scope makes the secret useless. */
export type Check = {
  label: (values: Config) => string
  scope?: string
  ask: (api: Api, grant: Grant) => Promise<unknown>
}
export type Verified = { type: 'verified'; through: string; steps: readonly string[] }
/** `clean` gives what is stored of what was typed; null where that cannot be meant, and then `wrong` says what to enter. */
export type Field = {
  name: string
  label: string
  secret?: true
  optional?: true
  /** Shown under Advanced. */
  advanced?: true
  hint?: string
  placeholder?: string
  /** One of these instead of typed text; the first is the default. A scope's `option` is on where the choice is `on`. */
  choices?: readonly { id: string; label: string }[]
  /**
   * An address somebody types: reached only on the public internet, besides what the operator allows. It stays in the config
   * under the field's name, which is how every later call knows that it was typed.
   */
  address?: true
  clean?: (text: string) => string | null
  wrong?: string
}

/** `impliedBy`: names an answer may give instead (`user` for `read:user`). `limits` says what is missing without it. */
export type Scope = {
  name: string
  why: string
  optional?: true
  limits?: string
  impliedBy?: readonly string[]
  /** Asked for only while this option (or this field of a pasted secret) is on. */
  option?: string
  /** Asked for a second token, the person's own beside the app's. */
  second?: true
  /** What a holder could do with it besides what it is asked for, in words. */
  risk?: string
  /** It lets its holder change something at the provider. */
  writes?: true
}

/** Where a provider leaves RFC 6749. Everything here is named, nothing is a default. */
export type Dialect = {
  scopeSeparator?: string
  /** The parameter that asks for the scopes of a second token. */
  secondScopes?: string
  /** The redirect URI's parameter where it is not `redirect_uri`. */
  redirectParameter?: string
  /** `state` is no parameter of this provider's; it comes back because it stands in the redirect URI. */
  stateInRedirect?: true
  /** Neither `response_type` nor `client_id` is known there, and a code is traded in JSON. */
  withoutClient?: true
  authorizeParameters?: Readonly<Record<string, string>>
  /** The parameter that names the account to go on with, by its id, where one is connected already. */
  accountParameter?: string
  tokenHeaders?: Readonly<Record<string, string>>
  /** A token endpoint that knows no forms. */
  tokenBody?: 'json'
  /** Turns the body of a token answer into RFC 6749 section 5.1 or 5.2 form; `second` in it is the second token's. */
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
  /** What signs the deliveries of the provider to us. */
  webhookSecret?: string
}

export type Identity = {
  /** Stable key of the account at the provider; of one site of it, where there are sites. */
  id: string
  /** Stable key of whom the grant is for, where that is not `id`: one grant then opens several accounts. */
  owner?: string
  /** Who that is, where `label` names a place that several people may have accounts at. */
  person?: string
  label: string
  url?: string
  /** What the answer says was granted, where the token answer does not. */
  scopes?: readonly string[]
  expiresAt?: Date
  capabilities?: Readonly<Record<string, unknown>>
  /** What later calls need to know of it: a region, an address. Kept beside what was typed. */
  config?: Config
}

export type Resource = {
  kind: string
  /** Opaque and URL-safe: [A-Za-z0-9._~-]+ */
  id: string
  title: string
  url: string
  parent?: string
  /** The name of what it is in. */
  container?: string
  /** The id of what is switched for boards, where it is not the thing itself. */
  containerId?: string
  /** The ids of what is switched around that, where such things can be in each other: one that is off closes what is in it. */
  within?: readonly string[]
  isPrivate?: boolean
  updatedAt?: string
  excerpt?: string
  /** What a card of this kind shows; its shape is the kind's own. */
  body?: Readonly<Record<string, unknown>>
}
/** `message`: what the provider says of a query that it cannot read, in its own words. */
export type Page = { items: readonly Resource[]; nextCursor?: string; message?: string }

/** One kind of thing that can be listed, searched, read, and recognized behind a pasted link. */
export type Reader = {
  kind: string
  name: string
  /** The card it is drawn as, where another provider's things of this kind are drawn differently. */
  looks?: string
  /** Kinds one can go into from here in the palette. */
  children?: readonly string[]
  list?: (api: Api, at: { parent?: string; cursor?: string; since?: Date }) => Promise<Page>
  /** `parent` narrows the search to one container where the provider can. */
  search?: (api: Api, query: string, at: { parent?: string; cursor?: string }) => Promise<Page>
  /** Searched only when asked for by name or inside its source, never as one types: its limit is too small. */
  searchOnDemand?: true
  /** The search works only while this option of the provider is on, and with what was granted for it. */
  searchOption?: string
  read: (api: Api, id: string) => Promise<Resource>
  /** The id behind a pasted link, whose address is given as it is at the provider itself. */
  match?: (url: URL) => string | null
}

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
}
/** A question whose answer is streamed; aborting `signal` ends it. */
export type Streamed = { body: unknown; headers?: Readonly<Record<string, string>>; signal?: AbortSignal }

/** `kind`: the kind of thing its models are. Throws ProviderFailure, also in the middle of an answer. */
export type Converse = { kind: string; ask: (api: Api, prompt: Prompt) => AsyncIterable<Piece> }
/** `model` is the id of one; `rules` is how to answer, `question` everything else. Aborting `signal` ends the answer. */
export type Prompt = { model: string; rules: string; question: string; maxTokens: number; signal: AbortSignal }
/** Part of an answer. The last says how it ended: whole, at the longest it may be, or kept back by the model. */
export type Piece = { text: string } | { end: 'whole' | 'length' | 'filter'; tokens?: number; dollars?: number }

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
