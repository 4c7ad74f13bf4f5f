import { createApi, type ProviderFailure } from '#lib/providers/api.ts'
import { bitbucket } from '#lib/providers/bitbucket/provider.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'
import type { Secret } from '#lib/providers/define-auth.ts'
import { choose, type Exchanges, fixtureOf, readerOf } from './exchanges.ts'
import { type Received, type Reply, serve } from './loopback.ts'

/** A fixture of Bitbucket by its name. */
export const bitbucketFixture = fixtureOf('bitbucket')

/** How Bitbucket takes a pasted token. */
export const bitbucketToken = bitbucket.auth.find((one): one is Secret => one.type === 'api_token') as Secret // it has no other

/** What is typed in the form, and kept of it, for the workspace of the fixtures. */
export const loom: Config = { workspace: 'loom', email: 'ada@loom.example' }

const missing: Reply = { status: 404, body: { type: 'error', error: { message: 'Resource not found' } } }

export type BitbucketApi = { api: Api; received: Received[]; asked: () => string[] }

/** The API at an address, as the form's values open it. */
export function bitbucketAt(origin: string, config: Config = loom, token = 'ATATT3xFfGF0notARealToken'): Api {
  const grant = bitbucketToken.grant({ ...config, token })
  const { api: base, web = base } = bitbucket.endpoints({ api: origin, web: 'https://bitbucket.org' }, config)
  return createApi({ provider: bitbucket, grant, base, web, config })
}

/** Bitbucket's API as exchanges tell it, over HTTP; anything else is 404, as there. `asked` lists method and path. */
export async function bitbucketApi(exchanges: Exchanges, config: Config = loom): Promise<BitbucketApi> {
  const { url, received } = await serve((request) => choose(exchanges, request, missing))
  const asked = () => received.map(({ method, path }) => `${method} ${path}`)
  return { api: bitbucketAt(url, config), received, asked }
}

/** Bitbucket's reader of a kind, with every way to read; a way that it lacks fails. */
export const bitbucketReader = readerOf(bitbucket)

/** What a piece of work failed with. */
export const failureOf = (work: Promise<unknown>): Promise<ProviderFailure['failure']> =>
  work.then(
    () => Promise.reject(new Error('it did not fail')),
    (error) => error.failure,
  )
