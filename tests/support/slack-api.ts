import { readFileSync } from 'node:fs'
import { createApi } from '#lib/providers/api.ts'
import type { Reader } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import { slack } from '#lib/providers/slack/provider.ts'
import { type Received, type Reply, serve } from './loopback.ts'

type Exchanges = Readonly<Record<string, Reply>>

/** A fixture of Slack by its name. */
export const slackFixture = <T = Exchanges>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../lib/providers/slack/fixtures/${name}.json`, import.meta.url), 'utf8'))

/** The exchange that fits a request best: its method and path with the query parameters that a key names. */
function choose(exchanges: Exchanges, { method, path, query }: Received): Reply {
  const fits = Object.entries(exchanges).filter(([key]) => {
    const [target = '', named] = key.split('?')
    return (
      target === `${method} ${path}` &&
      [...new URLSearchParams(named)].every(([name, value]) => query.get(name) === value)
    )
  })
  const [best] = fits.sort(([a], [b]) => b.length - a.length)
  return best?.[1] ?? { body: { ok: false, error: 'unknown_method', req_method: path.slice(1) } }
}

export type SlackApi = { api: Api; received: Received[]; asked: () => string[] }

/** Slack's API as exchanges tell it, over HTTP, with a workspace's address known. `asked` lists the methods called. */
export async function slackApi(
  exchanges: Exchanges,
  grant: Grant = { token: 'xoxb-notReal', second: { token: 'xoxp-notReal', scopes: ['search:read'] } },
): Promise<SlackApi> {
  const { url, received } = await serve((request) => choose(exchanges, request))
  const config = { workspace: 'https://lathe.slack.com' }
  const api = createApi({ provider: slack, grant, base: url, config })
  return { api, received, asked: () => received.map(({ path }) => path.slice(1)) }
}

/** Slack's reader of a kind, with every way to read; a way that it lacks fails. */
export function slackReader(kind: string): Required<Pick<Reader, 'list' | 'search' | 'read'>> {
  const found = slack.readers.find((one) => one.kind === kind)
  const none = () => Promise.reject(new Error(`no such way to read ${kind}`))
  return { list: none, search: none, read: none, ...found }
}
