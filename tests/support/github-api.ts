import { createApi, type ProviderFailure } from '#lib/providers/api.ts'
import type { Resource } from '#lib/providers/define.ts'
import type { Api, RateLimit } from '#lib/providers/define-api.ts'
import { FileId, RepositoryId } from '#lib/providers/github/ids.ts'
import { github } from '#lib/providers/github/provider.ts'
import { choose, type Exchanges, fixtureOf, readerOf } from './exchanges.ts'
import { type Received, type Reply, serve } from './loopback.ts'

/** A fixture of GitHub by its name. */
export const githubFixture = fixtureOf('github')

const missing: Reply = {
  status: 404,
  body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' },
}

export type GithubApi = { api: Api; received: Received[]; limits: RateLimit[]; asked: () => string[] }

/** GitHub's API as exchanges tell it, over HTTP; anything else is 404, as there. `asked` lists method and path. */
export async function githubApi(exchanges: Exchanges, token = 'gho_notARealToken'): Promise<GithubApi> {
  const { url, received } = await serve((request) => choose(exchanges, request, missing))
  const limits: RateLimit[] = []
  const api = createApi({ provider: github, grant: { token }, base: url, onLimit: (limit) => limits.push(limit) })
  return { api, received, limits, asked: () => received.map(({ method, path }) => `${method} ${path}`) }
}

/** GitHub's reader of a kind, with every way to read; a way that it lacks fails. */
export const reader = readerOf(github)

/** The failure that something ends with. */
export const failed = (work: Promise<unknown>): Promise<ProviderFailure> =>
  work.then(
    () => Promise.reject(new Error('it did not fail')),
    (error) => error,
  )

export const titles = (items: readonly Resource[]): string[] => items.map(({ title }) => title)

/** The repository of the fixtures, and a file in it. */
export const engine = RepositoryId.write('acme', 'engine')
export const acmeFile = (path: string, ref = '', from = 0, to = 0): string =>
  FileId.write('acme', 'engine', ref, path, from, to)
