import { env } from '#lib/platform/env.ts'
import type { Outgoing } from '#lib/platform/http.ts'
import type { Client, Endpoints, Origins, Provider } from '#lib/providers/define.ts'
import type { Config } from '#lib/providers/define-api.ts'
import type { AuthMethod, OAuth2, Secret } from '#lib/providers/define-auth.ts'
import { findProvider, providers } from '#lib/providers/registry.ts'

/** Where a provider is reached in this installation, and as which client. */
export type Reach = {
  origins: Origins
  endpoints: Endpoints
  client: Client | null
  isSandbox: boolean
  /** Where a person typed the address; every call there is guarded with it. */
  guard: Outgoing['guard'] | null
}

/** How a provider is connected by a consent page; null where it is not. */
export const oauthMethod = (provider: Provider): OAuth2 | null =>
  provider.auth.find((method: AuthMethod): method is OAuth2 & AuthMethod => method.type === 'oauth2') ?? null

/** The method by its name, as a connection keeps it; null where the provider no longer has it. */
export const methodOf = (provider: Provider, type: string): AuthMethod | null =>
  provider.auth.find((method) => method.type === type) ?? null

/** The method by its name, where it takes a pasted secret; null for any other. */
export function secretMethod(provider: Provider, type: string): (Secret & AuthMethod) | null {
  const method = methodOf(provider, type)
  return method && 'fields' in method ? method : null
}

/** The consent that keeps a connection's grant alive: its own or, of verified access, the one that it rides on. */
export function consentOf(provider: Provider, type: string): OAuth2 | null {
  return type === 'oauth2' || type === 'verified' ? oauthMethod(provider) : null
}

/** What OAuth credentials of a provider are kept under: its OAuth client, else itself. */
export const clientName = (provider: Provider): string => oauthMethod(provider)?.client ?? provider.id

/** What a method's credentials are kept under: a pasted secret never takes the place of a grant for the same account. */
export const keptUnder = (provider: Provider, { type }: Pick<AuthMethod, 'type'>): string =>
  consentOf(provider, type) ? clientName(provider) : `${provider.id}:${type}`

/** What an installation's variables call this provider. */
const environmentName = (provider: Provider): string =>
  clientName(provider)
    .replace(/[^a-z]/g, '')
    .toUpperCase()

/** The providers that stand behind the same OAuth client, and so behind the same grant; a provider itself among them. */
export const sharersOf = (provider: Provider): Provider[] =>
  providers.filter((other) => clientName(other) === clientName(provider))

/** Providers that share an OAuth client share its callback address; any other has one of its own. */
export const callbackName = (provider: Provider): string =>
  sharersOf(provider).length > 1 ? clientName(provider) : provider.id

/** The one redirect URI of a provider, from the configured public origin alone (never from a request's Host). */
export const redirectUri = (provider: Provider): string => `${env().APP_URL}/api/callback/${callbackName(provider)}`

/** Where and as whom to reach a provider: its real origins, those the operator named, or the sandbox's. */
export function reach(provider: Provider, config: Config = {}): Reach {
  const name = environmentName(provider)
  const own = env().providers[name]
  const hasClient = Boolean(oauthMethod(provider)?.client)
  // without a client to register, an address of its own is what ends the sandbox's part
  const isOwn = hasClient ? own?.clientId !== undefined : Object.keys(own?.origins ?? {}).length > 0
  const isSandbox = env().SANDBOX === 'on' && !isOwn
  const sandbox = `http://127.0.0.1:${env().SANDBOX_PORT}`
  const origins = Object.fromEntries(
    Object.entries(provider.origins).map(([origin, real]) => [
      origin,
      own?.origins[origin] ?? (isSandbox ? `${sandbox}/${name.toLowerCase()}-${origin}${tenantIn(real)}` : real),
    ]),
  )
  const guard = isTyped(provider, config) ? { allow: env().EGRESS_ALLOW } : null
  const endpoints = provider.endpoints(origins, config)
  return { origins, endpoints, client: clientOf(provider, isSandbox), isSandbox, guard }
}

/** A host for each tenant (`https://{site}.example`) is a path for each where one host stands for them all. */
const tenantIn = (origin: string): string => {
  const [placeholder] = /\{\w+\}/.exec(origin) ?? []
  return placeholder ? `/${placeholder}` : ''
}

/** Whether a config's address is one that a person typed. The provider's own leads where the operator has it lead. */
function isTyped(provider: Provider, config: Config): boolean {
  const own = Object.values(provider.origins)
  const isForeign = (typed: string | undefined): boolean => Boolean(typed) && !own.includes(typed ?? '')
  return provider.auth.some(
    (method) => 'fields' in method && method.fields.some(({ address, name }) => address && isForeign(config[name])),
  )
}

function clientOf(provider: Provider, isSandbox: boolean): Client | null {
  if (!oauthMethod(provider)?.client) return null
  const name = environmentName(provider)
  const own = env().providers[name]
  if (own?.clientId) return { id: own.clientId, secret: own.clientSecret ?? null }
  // The sandbox registers this client for every provider it serves; it opens nothing else.
  const known = `sandbox-${name.toLowerCase()}`
  return isSandbox ? { id: known, secret: `${known}-secret` } : null
}

/** A provider by id. Throws when it is not in the registry: rows name only known ones. */
export function knownProvider(id: string): Provider {
  const provider = findProvider(id)
  if (!provider) throw new Error(`unknown provider ${id}`)
  return provider
}

/** Origins that a Connect form may be redirected to; the page policy's form-action lists them. */
export function authorizeOrigins(): string[] {
  const found = providers.flatMap((provider) => {
    const said: Config[] = (provider.options ?? []).flatMap(({ config }) => (config ? [config] : []))
    return [{}, ...said].flatMap((config) => {
      const { authorize } = reach(provider, config).endpoints
      return authorize ? [new URL(authorize).origin] : []
    })
  })
  return [...new Set(found)]
}
