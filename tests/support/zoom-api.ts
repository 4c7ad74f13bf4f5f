import { createApi } from '#lib/providers/api.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'
import { zoom } from '#lib/providers/zoom/provider.ts'
import { choose, type Exchanges, fixtureOf, readerOf } from './exchanges.ts'
import { type Received, type Reply, serve } from './loopback.ts'

/** A fixture of Zoom's by its name. */
export const zoomFixture = fixtureOf('zoom')

/** What Zoom refuses, in its own form. */
export const refused = (status: number, code: number, message = 'No.'): Reply => ({ status, body: { code, message } })

export type ZoomApi = { api: Api; received: Received[]; asked: () => string[] }

/** Zoom's API as exchanges tell it, over HTTP; anything else is not there. `asked` lists method and path. */
export async function zoomApi(exchanges: Exchanges, config: Config = {}): Promise<ZoomApi> {
  const { url, received } = await serve((request) => choose(exchanges, request, refused(404, 3001)))
  return {
    api: createApi({ provider: zoom, grant: { token: 'not-a-real-token' }, base: url, elsewhere: url, config }),
    received,
    asked: () => received.map(({ method, path }) => `${method} ${path}`),
  }
}

/** Zoom's reader of a kind, with every way to read; a way that it lacks fails. */
export const zoomReader = readerOf(zoom)
