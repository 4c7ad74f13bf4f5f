import { TokenRefused } from '#lib/oauth/token-answer.ts'
import { NoAnswer } from '#lib/platform/http.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Identity, Provider, Site } from '#lib/providers/define.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import { openApi } from '#lib/vault/open-api.ts'
import { knownProvider } from '#lib/vault/reach.ts'

/** `also`: what the same grant opens at the other providers that were asked for with it, or why it does not. */
export type Proof = { grant: Grant; identity: Identity; also?: readonly Companion[] }
export type Companion = { provider: string } & ({ identity: Identity } | { problem: string })
export type Unproven = { kind: string; code?: string }

/** Where the token answer names no end, the account may. */
const withEnd = (grant: Grant, { expiresAt }: Identity): Grant =>
  grant.expiresAt || !expiresAt ? grant : { ...grant, expiresAt }

const kinds: Partial<Record<ProviderFailure['failure'], string>> = { unavailable: 'no_answer', forbidden: 'no_access' }

/** What the provider answers, or why that is no answer to go on with. */
export async function unless<T>(asking: Promise<T>): Promise<T | Unproven> {
  try {
    return await asking
  } catch (error) {
    if (error instanceof TokenRefused) return { kind: 'exchange_refused', code: error.code }
    if (error instanceof NoAnswer) return { kind: 'no_answer' }
    if (error instanceof ProviderFailure) {
      const code = error.failure === 'setup' ? error.detail : null
      return { kind: kinds[error.failure] ?? 'probe_refused', ...(code ? { code } : {}) }
    }
    throw error
  }
}

/** The sites a grant opens at a provider whose connections are to one of them; null for any other provider. */
export async function listSites(provider: Provider, grant: Grant): Promise<readonly Site[] | null | Unproven> {
  return provider.sites ? unless(provider.sites(openApi({ provider, grant, config: grant.config }))) : null
}

/** Whose account a grant is for, on the site that was chosen; its config then says where that is. */
async function identify(provider: Provider, grant: Grant, site: Site | null): Promise<Identity> {
  if (!site) return provider.identify(openApi({ provider, grant, config: grant.config }), grant)
  const config = { ...site.config, siteId: site.id }
  const identity = await provider.identify(openApi({ provider, grant, config }), { ...grant, config })
  return { ...identity, config: { ...config, ...identity.config } }
}

/** The same site as another provider sees it, and whose account it is there. */
async function accompany(id: string, grant: Grant, site: Site | null): Promise<Companion> {
  const provider = knownProvider(id)
  const sites = await listSites(provider, grant)
  if (sites && 'kind' in sites) return { provider: id, problem: sites.kind }
  const own = sites?.find((one) => one.id === site?.id)
  if (sites && !own) return { provider: id, problem: 'no_site' }
  const identity = await unless(identify(provider, grant, own ?? null))
  return 'kind' in identity ? { provider: id, problem: identity.kind } : { provider: id, identity }
}

type Asked = { provider: string; also: readonly string[] }

/** Asks who it is, at every provider it is for: a grant counts only when it was seen to work. No transaction is open. */
export async function proveGrant(attempt: Asked, grant: Grant, site: Site | null): Promise<Proof | Unproven> {
  const identity = await unless(identify(knownProvider(attempt.provider), grant, site))
  if ('kind' in identity) return identity
  const also = await Promise.all(attempt.also.map((id) => accompany(id, grant, site)))
  return { grant: withEnd(grant, identity), identity, ...(also.length > 0 ? { also } : {}) }
}
