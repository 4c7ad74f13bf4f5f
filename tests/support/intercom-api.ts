import { createApi } from '#lib/providers/api.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'
import { intercom } from '#lib/providers/intercom/provider.ts'
import { choose, type Exchanges, fixtureOf, readerOf } from './exchanges.ts'
import { type Received, type Reply, serve } from './loopback.ts'

/** A fixture of Intercom's by its name. */
export const intercomFixture = fixtureOf('intercom')

/** An error in the form that all of Intercom's have. */
export const intercomError = (status: number, code: string, message = 'No.'): Reply => ({
  status,
  body: { type: 'error.list', request_id: '0b1c2d3e-0000-4000-8000-00000000aaaa', errors: [{ code, message }] },
})

/** The workspace of the fixtures. */
export const WORKSPACE = 'wk7lathe'

export type IntercomApi = { api: Api; received: Received[]; bodies: () => unknown[] }

/** Intercom's API as exchanges tell it, over HTTP; anything else is not there. `bodies`: what was sent. */
export async function intercomApi(
  exchanges: Exchanges,
  config: Config = { workspace: WORKSPACE, region: 'EU' },
): Promise<IntercomApi> {
  const { url, received } = await serve((request) => choose(exchanges, request, intercomError(404, 'not_found')))
  return {
    api: createApi({
      provider: intercom,
      grant: { token: 'dG9rOm5vdFJlYWw=' },
      base: url,
      web: 'https://app.eu.intercom.com',
      config,
    }),
    received,
    bodies: () => received.filter(({ body }) => body !== '').map(({ body }) => JSON.parse(body)),
  }
}

/** Intercom's reader of a kind, with every way to read; a way that it lacks fails. */
export const intercomReader = readerOf(intercom)
