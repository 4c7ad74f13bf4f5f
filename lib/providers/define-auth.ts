import type { Api, Config } from './define-api.ts'

export type Slot = 'organization' | 'user'

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
export type RefusedBecause = 'secret' | 'permission' | 'plan' | 'unknown'
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
  /** How long one lives at most: that long is assumed where nobody says when it ends. */
  livesDays?: number
  /** Why these values cannot work, told before anything is sent; null when they may. `typed`: before each field was cleaned. */
  refuse?: (values: Config, typed: Config) => { field: string; detail: string } | null
  /**
   * What is said instead of the usual words: the provider took none of it (`secret`), took it and let it see nothing
   * (`permission`), has nothing of it in the plan (`plan`), or knows no such place (`unknown`).
   */
  refused?: Partial<Record<RefusedBecause, (values: Config) => string>>
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
/** Access that is not asked for: it comes with the organization's connection of another provider, and is verified. */
export type Verified = {
  type: 'verified'
  /** The provider whose organization connection is asked with: its grant opens this one too, once it is let in there. */
  through: string
  scopes: readonly Scope[]
  /** How it stands, asked with that grant, whose config names the site. Throws ProviderFailure where nobody answered. */
  verify: (open: (config: Config) => Api, grant: Grant) => Promise<Verdict>
  /** Where it comes from, and who sees what through it: two sentences or more for its page. */
  about: string
  seeing: string
  /** What an admin does at the provider to let us in, and to end it. */
  setUp: AtProvider
  end: AtProvider
  /** The page where the subscription is bought that may be missing. */
  plans: string
}
/** `says`: the whole sentence, for people. */
export type Verdict = { is: 'connected' | 'setup_required' | 'not_available' | 'no_access'; says: string }
/** Steps at the provider: what they are for, the page they begin on and what a link to it says. */
export type AtProvider = { why: string; at: string; label: string; steps: readonly string[] }
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
  /** The scopes are the app's own, chosen where it is registered: an address that names some is refused. */
  scopesOfApp?: true
  /** The parameter that asks for the scopes of a second token. */
  secondScopes?: string
  /** The redirect URI's parameter where it is not `redirect_uri`. */
  redirectParameter?: string
  /** `state` is no parameter of this provider's; it comes back because it stands in the redirect URI. */
  stateInRedirect?: true
  /** Neither `response_type` nor `client_id` is known there, and a code is traded in JSON. */
  withoutClient?: true
  /** `response_type` alone is not known there. */
  withoutResponseType?: true
  authorizeParameters?: Readonly<Record<string, string>>
  /** The parameter that names the account to go on with, by its id, where one is connected already. */
  accountParameter?: string
  tokenHeaders?: Readonly<Record<string, string>>
  /** A token endpoint that knows no forms. */
  tokenBody?: 'json'
  /** Turns the body of a token answer into RFC 6749 section 5.1 or 5.2 form; `second` in it is the second token's. */
  tokenAnswer?: (body: unknown) => unknown
  /** What a token answer says of where the token is used, to be kept; an answer is no authority on where it may go. */
  tokenConfig?: (body: unknown) => Config
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
