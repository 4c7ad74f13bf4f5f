import type { Provider } from '#lib/providers/define.ts'
import { providers } from '#lib/providers/registry.ts'
import { reach } from '#lib/vault/reach.ts'

/** What a link points at, as far as its address tells; nothing is fetched to find out. */
export type Matched = { provider: string; kind: string; id: string }

const trackers = /^(?:utm_\w+|gclid|fbclid|msclkid|dclid|yclid|igshid|mc_cid|mc_eid|_hs\w+|_ga|si)$/i
/** Lines of a file, as GitHub and as Bitbucket name them: `#L10-L20`, `#lines-10:20`. */
const lines = /^#(?:L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?|lines-\d+(?::\d+)?)$/

/** Takes what only tracks out of an address; one that has none of it stays as it was written. */
function dropTrackers(url: URL): void {
  const tracking = [...url.searchParams.keys()].filter((name) => trackers.test(name))
  for (const name of tracking) url.searchParams.delete(name)
}

/** The address as it was typed, without what only tracks, to be kept as a plain link. */
export function withoutTrackers(text: string): string {
  const url = URL.parse(text.trim())
  if (!url) return text
  dropTrackers(url)
  return url.href
}

/** The address without what only tracks or scrolls; null for what is no web address or carries a password. */
export function normalizeLink(text: string): URL | null {
  const url = URL.parse(text.trim())
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.username || url.password) return null
  url.hostname = url.hostname.replace(/^www\./, '')
  if (!lines.test(url.hash)) url.hash = ''
  dropTrackers(url)
  return url
}

/** Where a provider's things have their addresses: what stands there in this installation, and what it stands for. */
type Home = { base: string; real: string; isTyped?: boolean }

/** Whose host it is among a provider's tenants, where a path names it (`/sites/{site}`): in both addresses alike. */
function ofTenant(url: URL, { base, real }: Home): Home {
  const [placeholder = ''] = /\{\w+\}/.exec(base) ?? []
  const at = base.split('/').indexOf(placeholder)
  const tenant = url.href.split('/')[at] ?? ''
  if (placeholder === '' || at < 0 || !/^[a-z\d-]+$/i.test(tenant)) return { base, real }
  return { base: base.replace(placeholder, tenant), real: real.replace(placeholder, tenant) }
}

/** The address as it would be at the provider itself, when it lies on `base`: exactly its host and port, and under its path. */
export function moved(url: URL, home: Home): URL | null {
  const { base, real } = ofTenant(url, home)
  const at = URL.parse(base)
  if (!at || at.host.replace(/^www\./, '') !== url.host) return null
  const path = at.pathname.replace(/\/$/, '')
  if (path !== '' && !url.pathname.startsWith(`${path}/`)) return null
  return URL.parse(`${real.replace(/\/$/, '')}${url.pathname.slice(path.length)}${url.search}${url.hash}`)
}

/** Whether a host is one of `*.slack.com`: exactly one label for the star. */
export function isOneOf(host: string, pattern: string): boolean {
  const rest = pattern.slice(1)
  return host.endsWith(rest) && /^[a-z\d-]+$/.test(host.slice(0, -rest.length))
}

/** Addresses that people typed when they connected, by provider: a self-hosted installation has its own. */
export type TypedHomes = readonly { provider: string; base: string }[]

type Reading = { url: URL; isTyped?: boolean }

/** The ways a link can be an address of this provider's, as it is at the provider itself. */
function readings(url: URL, provider: Provider, typed: TypedHomes): Reading[] {
  const { origins: served, isSandbox } = reach(provider)
  const real = Object.entries(provider.origins)
  const [, first = ''] = real[0] ?? []
  const homes: Home[] = [
    ...real.flatMap(([name, address]) => [
      { base: served[name] ?? address, real: address },
      ...(isSandbox ? [{ base: address, real: address }] : []), // it stands in for the real hosts, so it knows theirs too
    ]),
    ...typed.filter((one) => one.provider === provider.id).map(({ base }) => ({ base, real: first, isTyped: true })),
  ]
  const isServed = isSandbox || real.every(([name, address]) => served[name] === address)
  const own = isServed && (provider.hosts ?? []).some((pattern) => isOneOf(url.host, pattern)) ? [{ url }] : []
  const there = homes.flatMap((home) => {
    const at = moved(url, home)
    return at ? [{ ...home, url: at }] : []
  })
  return [...there, ...own]
}

/** Which provider, kind and id a pasted link is; null for hosts that no provider of ours has. */
export function matchLink(text: string, typed: TypedHomes = []): Matched | null {
  const url = normalizeLink(text)
  if (!url) return null
  for (const provider of providers) {
    for (const reading of readings(url, provider, typed)) {
      for (const { kind, match } of provider.readers) {
        const id = match?.(reading.url, reading.isTyped)
        if (id) return { provider: provider.id, kind, id }
      }
    }
  }
  return null
}
