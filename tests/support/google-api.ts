import { createApi } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { googleDocs } from '#lib/providers/google-docs/provider.ts'
import { choose, type Exchanges, fixtureOf, readerOf } from './exchanges.ts'
import { type Received, type Reply, serve } from './loopback.ts'

/** A fixture of Google Docs by its name. */
export const googleFixture = fixtureOf('google-docs')

/** A refusal in the form of Drive's. */
export const refusal = (status: number, reason: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: { error: { code: status, message: 'No.', errors: [{ domain: 'global', reason, message: 'No.' }] } },
})

export type GoogleApi = { api: Api; received: Received[]; asked: () => string[] }

/** Drive and Docs as exchanges tell them, over HTTP, at one address; anything else is 404, as there. */
export async function googleApi(exchanges: Exchanges): Promise<GoogleApi> {
  const { url, received } = await serve((request) => choose(exchanges, request, refusal(404, 'notFound')))
  const api = createApi({ provider: googleDocs, grant: { token: 'ya29.not-real' }, base: url, elsewhere: url })
  return { api, received, asked: () => received.map(({ method, path }) => `${method} ${path}`) }
}

/** Google's reader of a kind, with every way to read; a way that it lacks fails. */
export const googleReader = readerOf(googleDocs)
