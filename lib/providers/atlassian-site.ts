import { z } from 'zod'
import { ProviderFailure } from './api.ts'
import type { Api, Config } from './define-api.ts'

const HOST = /^([a-z\d][a-z\d-]*)\.atlassian\.net$/
const NAME = /^[a-z\d][a-z\d-]{0,62}$/

const nameIn = (host: string): string => HOST.exec(host)?.[1] ?? ''

/** The address of a connection's site, as its pages begin. */
export const siteUrl = ({ siteUrl: url = '' }: Config): string => url

/** The name of a connection's site: out of its host, else the path by which it is told from others. Empty where neither says. */
function nameOf(config: Config): string {
  const url = URL.parse(siteUrl(config))
  if (!url) return ''
  const [last = ''] = url.pathname.split('/').filter(Boolean).slice(-1)
  return nameIn(url.host) || (NAME.test(last) ? last : '')
}

/** What ids of a connection's site begin with: its name, or the id that Atlassian gave a site with an address of its own. */
const ownSite = (config: Config): string => nameOf(config) || (config.cloudId ?? '')

/** What a connection to a site is called: `acme.atlassian.net`. */
export function siteLabel(config: Config): string {
  const site = nameOf(config)
  return site === '' ? (URL.parse(siteUrl(config))?.host ?? config.siteName ?? 'Atlassian') : `${site}.atlassian.net`
}

/** The site that a link leads to, and the decoded segments of its path; null for another host. */
export function atSite(url: URL): { site: string; path: string[] } | null {
  if (!/^https?:$/.test(url.protocol) || !url.host.endsWith('.atlassian.net')) return null
  try {
    return { site: nameIn(url.host), path: url.pathname.split('/').filter(Boolean).map(decodeURIComponent) }
  } catch {
    return null
  }
}

const Site = z.string().regex(/^[a-z\d-]{1,63}$/)

/**
 * Ids of things that are numbered or named by each site anew, so the site is part of them: what a link to somebody else's site
 * names is not found, where the same key on one's own would be another thing.
 */
export const siteCodec = <Name extends string>(schema: z.ZodType<Name>) => {
  const write = (site: string, name: Name): string => `${site}.${name}`
  return {
    /** The id of a thing of the connection's own site. */
    write: (api: Api, name: Name): string => write(ownSite(api.config), name),
    /** The id of what came from outside; null when it cannot name anything. */
    check: (site: string, name: string): string | null => {
      const parsed = schema.safeParse(name)
      return parsed.success && Site.safeParse(site).success ? write(site, parsed.data) : null
    },
    /** Throws ProviderFailure `not_found` for an id that is none of ours, or of another site. */
    read: (api: Api, id: string): Name => {
      const [site = '', ...rest] = id.split('.')
      const parsed = schema.safeParse(rest.join('.'))
      if (!parsed.success || site !== ownSite(api.config)) throw new ProviderFailure('not_found')
      return parsed.data
    },
  }
}
