import { readFileSync } from 'node:fs'
import { createApi } from '#lib/providers/api.ts'
import type { Api, RateLimit } from '#lib/providers/define.ts'
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
