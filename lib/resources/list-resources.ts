import { findVisible } from '#lib/connections/find-visible.ts'
import { isContainer } from '#lib/connections/policy.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { withOrg } from '#lib/platform/db.ts'
import { fieldProblem, Problem } from '#lib/platform/problem.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Page, Provider, Reader } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { describeResource, withoutContent } from './describe-resource.ts'
import { toProblemOf } from './judge-trouble.ts'
import { type Extent, extentOf, isSearchOpen, isShared } from './policy.ts'
import { readSwitches } from './read-switches.ts'
import type { ResourceList, ResourceQuery } from './schema.ts'
import { inTurn } from './take-turn.ts'

const sentence = new Intl.ListFormat('en', { type: 'conjunction' })

/** The reader of a kind, or a field problem that names the kinds there are. */
export function findReader(provider: Provider, kind: string): Reader {
  const reader = provider.readers.find((one) => one.kind === kind)
  if (reader) return reader
  const known = sentence.format(provider.readers.map((one) => one.kind))
  throw fieldProblem('kind', `${provider.name} has no such kind. It has ${known}.`)
}

/** Throws `forbidden` where a shared connection would have to show what only one's own may. */
export function allowExtent(extent: Extent, provider: Provider, kind: string): void {
  if (extent === 'content' || (extent === 'containers' && isContainer(kind))) return
  throw new Problem(
    'forbidden',
    `The organization's ${provider.name} connection feeds projects and shows nothing here. Use your own.`,
  )
}

function ask(reader: Reader, api: Api, { parent, q, cursor }: ResourceQuery): Promise<Page> {
  const at = { ...(parent === undefined ? {} : { parent }), ...(cursor === undefined ? {} : { cursor }) }
  if (q !== undefined) {
    if (!reader.search) throw fieldProblem('q', `${reader.name}: cannot be searched, only listed. Leave q out.`)
    return reader.search(api, q, at)
  }
  if (!reader.list) throw fieldProblem('kind', `${reader.name}: cannot be listed, only searched. Send q.`)
  return reader.list(api, at)
}

/**
 * Lists or searches one kind of live resources through one connection. Throws `not-found` for a connection that is not the
 * caller's to use and for what the provider hides, `forbidden` for content of a shared connection, and provider problems.
 */
export async function listResources(actor: Actor, connectionId: string, query: ResourceQuery): Promise<ResourceList> {
  await withOrg(actor, (db) => findVisible(db, actor, connectionId))
  let provider: Provider | null = null
  try {
    return await withConnection(actor, connectionId, async (api, used) => {
      provider = used.provider
      const reader = findReader(used.provider, query.kind)
      const extent = extentOf(actor, used)
      allowExtent(extent, used.provider, query.kind)
      if (query.q !== undefined && !isSearchOpen(used, reader))
        throw fieldProblem('q', `${reader.name}: an admin can turn this search on in ${used.provider.name}’s settings.`)
      const page = await ask(reader, inTurn(api, used), query)
      const from = { provider: used.provider.id, connectionId: used.id, viewer: actor }
      const switches = await readSwitches(actor, used)
      const items = page.items
        .filter((resource) => extent === 'containers' || isShared(used, resource, switches))
        .map((resource) => describeResource(resource, from))
      return {
        items: extent === 'containers' ? items.map(withoutContent) : items,
        nextCursor: page.nextCursor ?? null,
        ...(page.message === undefined ? {} : { message: `${used.provider.name}: ${page.message}` }),
      }
    })
  } catch (error) {
    throw error instanceof ProviderFailure ? toProblemOf(provider, error) : error
  }
}
