import { createApi } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import { slack } from '#lib/providers/slack/provider.ts'
import { choose, type Exchanges, fixtureOf, readerOf } from './exchanges.ts'
import { type Received, type Reply, serve } from './loopback.ts'

/** A fixture of Slack by its name. */
export const slackFixture = fixtureOf('slack')

export type SlackApi = { api: Api; received: Received[]; asked: () => string[] }

/** Slack's API as exchanges tell it, over HTTP, with a workspace's address known. `asked` lists the methods called. */
export async function slackApi(
  exchanges: Exchanges,
  grant: Grant = { token: 'xoxb-notReal', second: { token: 'xoxp-notReal', scopes: ['search:read'] } },
): Promise<SlackApi> {
  const unknown = (path: string): Reply => ({ body: { ok: false, error: 'unknown_method', req_method: path.slice(1) } })
  const { url, received } = await serve((request) => choose(exchanges, request, unknown(request.path)))
  const config = { workspace: 'https://lathe.slack.com' }
  const api = createApi({ provider: slack, grant, base: url, config })
  return { api, received, asked: () => received.map(({ path }) => path.slice(1)) }
}

/** Slack's reader of a kind, with every way to read; a way that it lacks fails. */
export const slackReader = readerOf(slack)
