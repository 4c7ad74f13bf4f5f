import { createApi } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import { notion } from '#lib/providers/notion/provider.ts'
import { type Exchanges, fixtureOf, readerOf } from './exchanges.ts'
import { type Received, type Reply, serve } from './loopback.ts'

/** A fixture of Notion's by its name. */
export const notionFixture = fixtureOf('notion')

/** What Notion answers about what is not there, or is not shared. */
export const notShared: Reply = {
  status: 404,
  body: { object: 'error', status: 404, code: 'object_not_found', message: 'Could not find it.' },
}

export type NotionApi = { api: Api; received: Received[]; asked: () => string[]; bodies: () => unknown[] }

/** Notion's API as exchanges tell it, over HTTP; anything else is not there. `asked` lists method and path, `bodies` what was sent. */
export async function notionApi(exchanges: Exchanges, grant: Grant = { token: 'ntn_notReal' }): Promise<NotionApi> {
  const { url, received } = await serve(({ method, path }) => exchanges[`${method} ${path}`] ?? notShared)
  return {
    api: createApi({ provider: notion, grant, base: url }),
    received,
    asked: () => received.map(({ method, path }) => `${method} ${path}`),
    bodies: () => received.filter(({ body }) => body !== '').map(({ body }) => JSON.parse(body)),
  }
}

/** Notion's reader of a kind, with every way to read; a way that it lacks fails. */
export const notionReader = readerOf(notion)
