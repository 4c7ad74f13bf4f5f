import { createApi } from '#lib/providers/api.ts'
import { confluence } from '#lib/providers/confluence/provider.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Api, Config, RateLimit } from '#lib/providers/define-api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import { jira } from '#lib/providers/jira/provider.ts'
import { choose, type Exchanges, fixtureOf, readerOf } from './exchanges.ts'
import { type Received, type Reply, serve } from './loopback.ts'

/** A fixture of Jira's or Confluence's by its name. */
export const jiraFixture = fixtureOf('jira')
export const confluenceFixture = fixtureOf('confluence')

const missing: Reply = { status: 404, body: { errorMessages: ['Not found'], errors: {} } }

/** What is kept of a connection with the site of the fixtures. */
export const lathe: Config = {
  cloudId: '5e0f6a11-lathe',
  siteName: 'lathe',
  siteUrl: 'https://lathe.atlassian.net',
}

export type AtlassianApi = { api: Api; received: Received[]; limits: RateLimit[]; asked: () => string[] }

const apiOf =
  (provider: Provider) =>
  async (
    exchanges: Exchanges,
    config: Config = lathe,
    grant: Grant = { token: 'eyJ.not.real' },
  ): Promise<AtlassianApi> => {
    const { url, received } = await serve((request) => choose(exchanges, request, missing))
    const limits: RateLimit[] = []
    const api = createApi({ provider, grant, base: url, config, onLimit: (limit) => limits.push(limit) })
    return { api, received, limits, asked: () => received.map(({ method, path }) => `${method} ${path}`) }
  }
/** A product of one site as exchanges tell it, over HTTP; anything else is 404, as there. `asked` lists method and path. */
export const jiraApi = apiOf(jira)
export const confluenceApi = apiOf(confluence)

/** The reader of a kind, with every way to read; a way that it lacks fails. */
export const jiraReader = readerOf(jira)
export const confluenceReader = readerOf(confluence)
