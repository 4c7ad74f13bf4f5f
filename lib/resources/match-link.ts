import type { Origins, Provider } from '#lib/providers/define.ts'
import { providers } from '#lib/providers/registry.ts'
import { reach } from '#lib/vault/reach.ts'

/** What a link points at, as far as its address tells; nothing is fetched to find out. */
export type Matched = { provider: string; kind: string; id: string }

const trackers = /^(?:utm_\w+|gclid|fbclid|msclkid|dclid|yclid|igshid|mc_cid|mc_eid|_hs\w+|_ga|si)$/i
const lines = /^#L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?$/

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

/** The address on the origin that has exactly its host and port, by that origin's own protocol; null when none has. */
export function onOrigin(url: URL, origins: readonly string[]): URL | null {
  const base = origins.map((origin) => URL.parse(origin)).find((one) => one?.host.replace(/^www\./, '') === url.host)
  return base ? URL.parse(`${base.protocol}//${url.host}${url.pathname}${url.search}${url.hash}`) : null
}

/** Where a provider's things have their addresses here. The sandbox stands in for the real hosts, so it knows theirs too. */
function origins(provider: Provider): { all: string[]; served: Origins } {
  const { origins: served, isSandbox } = reach(provider)
  return { all: [...Object.values(served), ...(isSandbox ? Object.values(provider.origins) : [])], served }
}

/** Which provider, kind and id a pasted link is; null for hosts that no provider of ours has (exact names, no wildcards). */
export function matchLink(text: string): Matched | null {
  const typed = normalizeLink(text)
  if (!typed) return null
  for (const provider of providers) {
    const { all, served } = origins(provider)
    const url = onOrigin(typed, all)
    if (!url) continue
    for (const { kind, match } of provider.readers) {
      const id = match?.(url, served)
      if (id) return { provider: provider.id, kind, id }
    }
  }
  return null
}
