import { readFileSync } from 'node:fs'
import { createApi } from '#lib/providers/api.ts'
import type { Reader } from '#lib/providers/define.ts'
import type { Api, Config, RateLimit } from '#lib/providers/define-api.ts'
import { sentry } from '#lib/providers/sentry/provider.ts'
import { type Received, type Reply, serve } from './loopback.ts'

type Exchanges = Readonly<Record<string, Reply>>

/** A fixture of Sentry by its name. */
export const sentryFixture = (name: string): Exchanges =>
  JSON.parse(readFileSync(new URL(`../../lib/providers/sentry/fixtures/${name}.json`, import.meta.url), 'utf8'))

/** The exchange that fits a request best: its path with the query parameters that a key names, else its path alone. */
function choose(exchanges: Exchanges, { method, path, query }: Received): Reply {
  const fits = Object.entries(exchanges).filter(([key]) => {
    const [target, named] = key.split('?')
    return (
      target === `${method} ${path}` &&
      [...new URLSearchParams(named)].every(([name, value]) => query.get(name) === value)
    )
  })
  const [best] = fits.sort(([a], [b]) => b.length - a.length)
  return best?.[1] ?? { status: 404, body: { detail: 'The requested resource does not exist' } }
}

/** What is kept of a connection with the organization of the fixtures. */
export const lathe: Config = { organization: 'lathe', region: 'https://de.sentry.io', web: 'https://lathe.sentry.io' }

export type SentryApi = { api: Api; received: Received[]; limits: RateLimit[] }

/** Sentry's API as exchanges tell it, over HTTP; anything else is 404, as there. */
export async function sentryApi(exchanges: Exchanges, config: Config = lathe): Promise<SentryApi> {
  const { url, received } = await serve((request) => choose(exchanges, request))
  const limits: RateLimit[] = []
  const { api: base } = sentry.endpoints({ api: url }, config)
  const grant = { token: 'sntryi_notARealToken', config }
  const api = createApi({ provider: sentry, grant, base, config, onLimit: (limit) => limits.push(limit) })
  return { api, received, limits }
}

/** Sentry's reader of a kind, with every way to read; a way that it lacks fails. */
export function sentryReader(kind: string): Required<Pick<Reader, 'list' | 'search' | 'read'>> {
  const none = () => Promise.reject(new Error(`no such way to read ${kind}`))
  const found = sentry.readers.find((one) => one.kind === kind)
  return { list: none, search: none, read: none, ...found }
}
