import type { Answer, Api, Config, Failure, RateLimit } from './define-api.ts'
import type { AuthMethod, Grant, Slot } from './define-auth.ts'

export type Origins = Readonly<Record<string, string>>
/**
 * `issuer`: what the provider names itself in a callback (RFC 9207). `elsewhere`: another address that its API has. `web`: where
 * its pages are, for links that no answer tells; empty where nobody knows.
 */
export type Endpoints = {
  api: string
  elsewhere?: string
  web?: string
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
  /** What people look for in it and it gives nobody: whole sentences, told on its page. */
  lacks?: readonly string[]
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
  /** What the account's plan allows there, where a connection works without all of it: read after each connect and check, and kept. */
  plan?: PlanReader
  /**
   * What a grant opens, where it is more than one connection can stand for: a person chooses one of them, and `identify` is asked
   * with its config. Asked with an api that has no config yet.
   */
  sites?: (api: Api) => Promise<readonly Site[]>
  /** What is said instead of offering to connect it, where it came with the site that the organization's tools are on. */
  builtIn?: string
  readers: readonly Reader[]
  /** Has a question answered by a language model. */
  converse?: Converse
  /** Judges an answer that is not a success; null leaves it to the status code. */
  failure?: (answer: Answer) => Failure | null
  /** How many milliseconds are between two calls of a connection at least, where the provider names no limit of its own. */
  pace?: number
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

/**
 * A switch of an admin's. Scopes name it by its id and are asked for only while it is on. `config`: what is known of the account
 * before anybody has connected it, such as its region; of two options that say different things one can be on.
 */
export type Option = { id: string; label: string; hint: string; config?: Config }

/** The containers an admin allows on boards: their kind, and the sentences of the page where that is done. */
export type Sharing = {
  kind: string
  /** Where one can be private: what turning it on lets everybody do, after "can ", with its name: `read messages from #x, even if ...`. */
  audience?: (name: string) => string
  /** What to do when there are none. */
  none: string
  /** What the person who connects chooses there for everybody: `pages`. */
  chosen?: string
  /** What everybody sees that is the person's own who connects: `meetings`. */
  own?: string
  /** What has to be done at the provider before one that an admin turns on can be read; where that fails, it stays off. */
  turnedOn?: (api: Api, id: string) => Promise<void>
  /** Whether an id is the one it is switched by, where one is read by other names as well. */
  isOwnId?: (id: string) => boolean
  /** How they are listed and read for switching, where part of one has a switch beside it: that of a state at its workspace. */
  containers?: Pick<Reader, 'list' | 'read'>
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
  /** What the person who connects it should know of it, in a sentence; nothing is refused for it. */
  warning?: string
  /** What is known of it besides. `lacks`: what Plugboard's app may not read there, by name; told with the remedy `not_permitted`. */
  capabilities?: Readonly<Record<string, unknown>>
  /** The parts of which could not be told just now whether they are among `lacks`: what was last said of them stays. */
  untold?: readonly string[]
  /** What later calls need to know of it: a region, an address. Kept beside what was typed. */
  config?: Config
}

/** `unread`: what may be so while the plan cannot be read, in a sentence. Throws ProviderFailure where nobody can tell. */
export type PlanReader = { read: (api: Api) => Promise<Plan>; unread: string }
/**
 * A plan by its name, what of the product it includes, and what a person has to know of it: `says` is the sentence, `short`
 * the same in a few words.
 */
export type Plan = {
  label: string
  capabilities: readonly { name: string; isIncluded: boolean }[]
  warnings: readonly { short: string; says: string }[]
  /** What readers need to know of it, kept like an identity's. */
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
  /** What of it owners and admins see besides: somebody's address, where others have the name alone. */
  forAdmins?: Readonly<Record<string, string>>
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
  /**
   * The id behind a pasted link, whose address is given as it is at the provider itself. `isTyped`: it lies where somebody typed
   * an address to connect, at an installation of their own.
   */
  match?: (url: URL, isTyped?: boolean) => string | null
  /** What the provider writes about such a thing when a person asks for it. */
  report?: Report
}

/**
 * What takes a provider minutes, and may cost its customer: asked for by a person who presses a button, and never by a page.
 * `start` gives what it is called there ([A-Za-z0-9._~-]+), by which `look` asks how it stands.
 */
export type Report = {
  /** What it is called, in the plural: `highlights`. */
  name: string
  /** What it is, what it takes and what it costs: whole sentences. */
  about: string
  fields: readonly { name: string; label: string; hint?: string; optional?: true }[]
  /** What the thing's id alone tells of it: where that is on boards is what decides, and it is not read again for each look. */
  place: (id: string, config: Config) => Pick<Resource, 'kind' | 'id' | 'title' | 'containerId'>
  start: (api: Api, id: string, values: Config) => Promise<string>
  look: (api: Api, id: string, report: string) => Promise<Reported>
}
/** How it stands. Every word in it is a foreign one: text, and nothing else. */
export type Reported =
  | { state: 'pending' | 'failed' }
  | { state: 'ready'; text: string; parts: readonly { title: string; url: string; text: string }[] }

/** `kind`: the kind of thing its models are. Throws ProviderFailure, also in the middle of an answer. */
export type Converse = { kind: string; ask: (api: Api, prompt: Prompt) => AsyncIterable<Piece> }
/** `model` is the id of one; `rules` is how to answer, `question` everything else. Aborting `signal` ends the answer. */
export type Prompt = { model: string; rules: string; question: string; maxTokens: number; signal: AbortSignal }
/** Part of an answer. The last says how it ended: whole, at the longest it may be, or kept back by the model. */
export type Piece = { text: string } | { end: 'whole' | 'length' | 'filter'; tokens?: number; dollars?: number }
