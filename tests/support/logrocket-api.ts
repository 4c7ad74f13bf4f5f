import { createApi } from '#lib/providers/api.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'
import { logrocket } from '#lib/providers/logrocket/provider.ts'
import { choose, type Exchanges, fixtureOf, readerOf } from './exchanges.ts'
import { type Received, type Reply, serve } from './loopback.ts'

/** A fixture of LogRocket by its name. */
export const logrocketFixture = fixtureOf('logrocket')

/** What is kept of a connection with the project of the fixtures. */
const lathe: Config = { app: 'lathe/shop' }

const BASE = '/v1/orgs/lathe/apps/shop'
const missing: Reply = { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found' }

/** LogRocket's API as exchanges tell it (`GET /audit/logs/`), or as a function does, over HTTP; anything else is 404, as there. */
export async function logrocketApi(
  exchanges: Exchanges | ((request: Received) => Reply),
  config: Config = lathe,
): Promise<{ api: Api; received: Received[] }> {
  const { url, received } = await serve((request) => {
    const inside = { ...request, path: request.path.replace(BASE, '') }
    return typeof exchanges === 'function' ? exchanges(inside) : choose(exchanges, inside, missing)
  })
  const { api: base } = logrocket.endpoints({ api: url, app: 'https://app.logrocket.com' }, { app: config.app ?? '' })
  const grant = { token: 'lathe:shop:notARealKey', config }
  return { api: createApi({ provider: logrocket, grant, base, web: 'https://app.logrocket.com', config }), received }
}

/** LogRocket's reader of a kind, with every way to read; a way that it lacks fails. */
export const logrocketReader = readerOf(logrocket)
