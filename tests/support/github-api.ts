import { readFileSync } from 'node:fs'
import { createApi, type ProviderFailure } from '#lib/providers/api.ts'
import type { Reader, Resource } from '#lib/providers/define.ts'
import type { Api, RateLimit } from '#lib/providers/define-api.ts'
import { FileId, RepositoryId } from '#lib/providers/github/ids.ts'
import { github } from '#lib/providers/github/provider.ts'
import { type Received, type Reply, serve } from './loopback.ts'

type Exchanges = Readonly<Record<string, Reply>>

/** A fixture of GitHub by its name. */
export const githubFixture = <T = Exchanges>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../lib/providers/github/fixtures/${name}.json`, import.meta.url), 'utf8'))

/** The exchange that fits a request best: its path with the query parameters that a key names, else its path alone. */
function choose(exchanges: Exchanges, { method, path, query }: Received): Reply {
  const fits = Object.entries(exchanges).filter(([key]) => {
    const [target = '', named] = key.split('?')
    const wanted = [...new URLSearchParams(named)]
    return target === `${method} ${path}` && wanted.every(([name, value]) => query.get(name) === value)
  })
  const [best] = fits.sort(([a], [b]) => b.length - a.length)
  return best?.[1] ?? { status: 404, body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' } }
}

export type GithubApi = { api: Api; received: Received[]; limits: RateLimit[]; asked: () => string[] }

/** GitHub's API as exchanges tell it, over HTTP; anything else is 404, as there. `asked` lists method and path. */
export async function githubApi(exchanges: Exchanges, token = 'gho_notARealToken'): Promise<GithubApi> {
  const { url, received } = await serve((request) => choose(exchanges, request))
  const limits: RateLimit[] = []
  const api = createApi({ provider: github, grant: { token }, base: url, onLimit: (limit) => limits.push(limit) })
  return { api, received, limits, asked: () => received.map(({ method, path }) => `${method} ${path}`) }
}

/** GitHub's reader of a kind, with every way to read; a way that it lacks fails. */
export function reader(kind: string): Required<Pick<Reader, 'list' | 'search' | 'read'>> {
  const found = github.readers.find((one) => one.kind === kind)
  const none = () => Promise.reject(new Error(`no such way to read ${kind}`))
  return { list: none, search: none, read: none, ...found }
}

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
