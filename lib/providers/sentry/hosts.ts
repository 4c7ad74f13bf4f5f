import type { Endpoints, Origins } from '#lib/providers/define.ts'
import type { Config } from '#lib/providers/define-api.ts'

const HOME = 'https://sentry.io'

/** The hosts of Sentry's own service, one for each region (docs.sentry.io/organization/data-storage-location). */
const ownHosts = new Set([HOME, 'https://us.sentry.io', 'https://de.sentry.io'])

/** The region an answer names, if it is one of Sentry's own: a token goes to no other host because an answer says so. */
export const knownRegion = (text: string | null | undefined): string | undefined => {
  const origin = URL.parse(text ?? '')?.origin
  return origin !== undefined && ownHosts.has(origin) ? origin : undefined
}

/**
 * A typed address as its origin. An organization's own host (`acme.sentry.io`) and hosts of Sentry's that are no region
 * stand for the service itself. Null for what is no web address.
 */
export function cleanBase(text: string): string | null {
  const typed = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`
  const url = URL.parse(typed)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || !url.hostname.includes('.'))
    return null
  if (/(?:^|\.)sentry\.io$/.test(url.hostname)) return knownRegion(url.origin) ?? HOME
  return url.origin
}

/** The host of an installation that is not Sentry's own; empty for Sentry's. */
export const selfHosted = ({ baseUrl = '' }: Config): string => (ownHosts.has(baseUrl) ? '' : baseUrl)

function hostOf(api: string, config: Config): string {
  const own = selfHosted(config)
  if (own !== '') return own
  if (api !== HOME) return api // what stands for Sentry here stands for all its regions
  return knownRegion(config.region) ?? knownRegion(config.baseUrl) ?? api
}

/** Everything that is read lives under the organization, whose slug is in its address. */
export function endpoints({ api = HOME }: Origins, config: Config): Endpoints {
  return { api: `${hostOf(api, config)}/api/0/organizations/${encodeURIComponent(config.organization ?? '')}` }
}

/**
 * What the addresses of an organization's pages begin with: its own host at Sentry, else a path that names it.
 * `told` is its organizationUrl, which older installations leave out.
 */
export function webAddress(told: string | undefined, slug: string, config: Config): string {
  const home = (told ?? (selfHosted(config) || HOME)).replace(/\/+$/, '')
  const isOwn = home.endsWith(`/organizations/${slug}`) || new URL(home).hostname.startsWith(`${slug}.`)
  if (isOwn) return home
  const bare = home.endsWith(`/${slug}`) ? home.slice(0, -slug.length - 1) : home
  return `${bare}/organizations/${slug}`
}
