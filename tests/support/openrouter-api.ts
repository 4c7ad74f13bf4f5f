import { createApi } from '#lib/providers/api.ts'
import type { Api, RateLimit } from '#lib/providers/define-api.ts'
import { openrouter } from '#lib/providers/openrouter/provider.ts'
import { type Exchanges, fixtureOf } from './exchanges.ts'
import { type Received, type Reply, serve } from './loopback.ts'

const BASE = '/api/v1'

/** A fixture of OpenRouter by its name. */
export const openrouterFixture = fixtureOf('openrouter')

export type OpenrouterApi = { api: Api; received: Received[]; limits: RateLimit[] }

/** OpenRouter's API as exchanges tell it (`GET /key`), over HTTP; anything else is 404, as there. */
export async function openrouterApi(exchanges: Exchanges, token = 'sk-or-v1-notARealKey'): Promise<OpenrouterApi> {
  const missing: Reply = { status: 404, body: { error: { code: 404, message: 'Resource not found' } } }
  const { url, received } = await serve(
    ({ method, path }) => exchanges[`${method} ${path.replace(BASE, '')}`] ?? missing,
  )
  const limits: RateLimit[] = []
  const api = createApi({
    provider: openrouter,
    grant: { token },
    base: `${url}${BASE}`,
    onLimit: (limit) => limits.push(limit),
  })
  return { api, received, limits }
}

/** OpenRouter's reader of models, with every way to read. */
export function modelReader() {
  const [reader] = openrouter.readers
  if (!reader?.list || !reader.search) throw new Error('models are listed and searched')
  return { list: reader.list, search: reader.search, read: reader.read }
}

/** A stream as OpenRouter writes it: an event for each of these, or a comment for what is text with a colon in front. */
export const eventStream = (...events: readonly unknown[]): Reply => ({
  headers: { 'content-type': 'text/event-stream' },
  body: events
    .map((event) => (typeof event === 'string' ? `${event}\n\n` : `data: ${JSON.stringify(event)}\n\n`))
    .join(''),
})
