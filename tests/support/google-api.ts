import { readFileSync } from 'node:fs'
import { createApi } from '#lib/providers/api.ts'
import type { Reader } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { googleDocs } from '#lib/providers/google-docs/provider.ts'
import { type Received, type Reply, serve } from './loopback.ts'

type Exchanges = Readonly<Record<string, Reply>>

/** A fixture of Google Docs by its name. */
export const googleFixture = <T = Exchanges>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../lib/providers/google-docs/fixtures/${name}.json`, import.meta.url), 'utf8'))

/** A refusal in the form of Drive's. */
export const refusal = (status: number, reason: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: { error: { code: status, message: 'No.', errors: [{ domain: 'global', reason, message: 'No.' }] } },
})

/** The exchange that fits a request best: its path with the query parameters that a key names, else its path alone. */
function choose(exchanges: Exchanges, { method, path, query }: Received): Reply {
  const fits = Object.entries(exchanges).filter(([key]) => {
    const [target, named] = key.split('?')
    const wanted = (named ?? '')
      .split('&')
      .filter(Boolean)
      .map((pair) => pair.split(/=(.*)/s))
    return target === `${method} ${path}` && wanted.every(([name = '', value]) => query.get(name) === value)
  })
  const [best] = fits.sort(([a], [b]) => b.length - a.length)
  return best?.[1] ?? refusal(404, 'notFound')
}

export type GoogleApi = { api: Api; received: Received[]; asked: () => string[] }

/** Drive and Docs as exchanges tell them, over HTTP, at one address; anything else is 404, as there. */
export async function googleApi(exchanges: Exchanges): Promise<GoogleApi> {
  const { url, received } = await serve((request) => choose(exchanges, request))
  const api = createApi({ provider: googleDocs, grant: { token: 'ya29.not-real' }, base: url, elsewhere: url })
  return { api, received, asked: () => received.map(({ method, path }) => `${method} ${path}`) }
}

/** Google's reader of a kind, with every way to read; a way that it lacks fails. */
export function googleReader(kind: string): Required<Pick<Reader, 'list' | 'search' | 'read'>> {
  const none = () => Promise.reject(new Error(`no such way to read ${kind}`))
  const found = googleDocs.readers.find((one) => one.kind === kind)
  return { list: none, search: none, read: none, ...found }
}
