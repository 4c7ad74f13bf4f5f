import { createApi } from '#lib/providers/api.ts'
import type { Api, Config, RateLimit } from '#lib/providers/define-api.ts'
import { sentry } from '#lib/providers/sentry/provider.ts'
import { choose, type Exchanges, fixtureOf, readerOf } from './exchanges.ts'
import { type Received, type Reply, serve } from './loopback.ts'

/** A fixture of Sentry by its name. */
export const sentryFixture = fixtureOf('sentry')

/** What is kept of a connection with the organization of the fixtures. */
export const lathe: Config = { organization: 'lathe', region: 'https://de.sentry.io', web: 'https://lathe.sentry.io' }

const missing: Reply = { status: 404, body: { detail: 'The requested resource does not exist' } }

export type SentryApi = { api: Api; received: Received[]; limits: RateLimit[] }

/** Sentry's API as exchanges tell it, over HTTP; anything else is 404, as there. */
export async function sentryApi(exchanges: Exchanges, config: Config = lathe): Promise<SentryApi> {
  const { url, received } = await serve((request) => choose(exchanges, request, missing))
  const limits: RateLimit[] = []
  const { api: base } = sentry.endpoints({ api: url }, config)
  const grant = { token: 'sntryi_notARealToken', config }
  const api = createApi({ provider: sentry, grant, base, config, onLimit: (limit) => limits.push(limit) })
  return { api, received, limits }
}

/** Sentry's reader of a kind, with every way to read; a way that it lacks fails. */
export const sentryReader = readerOf(sentry)
