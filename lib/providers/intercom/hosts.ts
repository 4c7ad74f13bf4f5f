import type { Endpoints, Origins } from '#lib/providers/define.ts'
import type { Config } from '#lib/providers/define-api.ts'

type Hosts = { web: string; api: string }

const HOME: Hosts = { web: 'https://app.intercom.com', api: 'https://api.intercom.io' }

/** Each workspace lives in one region, whose hosts are the only ones that know it (developers.intercom.com/docs/references/rest-api). */
const regions: ReadonlyMap<string, Hosts> = new Map([
  ['US', HOME],
  ['EU', { web: 'https://app.eu.intercom.com', api: 'https://api.eu.intercom.io' }],
  ['AU', { web: 'https://app.au.intercom.com', api: 'https://api.au.intercom.io' }],
])

/** The region that an answer names, if it is one of Intercom's: a token goes to no other host because an answer says so. */
export const knownRegion = (text: string | null | undefined): string | undefined =>
  text && regions.has(text.toUpperCase()) ? text.toUpperCase() : undefined

export const origins = { ...HOME, help: 'https://intercom.help' }
/** Of the other regions; help centers are in one place. */
export const hosts = ['*.eu.intercom.com', '*.au.intercom.com']

/** Everything is asked in the workspace's region. What stands for Intercom in an installation stands for all its regions. */
export function endpoints({ web = HOME.web, api = HOME.api }: Origins, { region = 'US' }: Config): Endpoints {
  const own = regions.get(region) ?? HOME
  const [page, host] = [web === HOME.web ? own.web : web, api === HOME.api ? own.api : api]
  return { api: host, web: page, authorize: `${page}/oauth`, token: `${host}/auth/eagle/token` }
}
