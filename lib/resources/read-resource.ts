import { findVisible } from '#lib/connections/find-visible.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { describeResource } from './describe-resource.ts'
import { toProblemOf } from './judge-trouble.ts'
import { allowExtent, findReader } from './list-resources.ts'
import { extentOf, isShared } from './policy.ts'
import { readSwitches } from './read-switches.ts'
import type { ResourceView } from './schema.ts'
import { inTurn } from './take-turn.ts'

/**
 * Reads one live resource through one connection. Throws `not-found` alike for what is not there, what the provider or we
 * keep from the caller, and a connection of somebody else; `forbidden` for a shared connection that feeds projects only.
 */
export async function readResource(
  actor: Actor,
  connectionId: string,
  asked: { kind: string; resource: string },
): Promise<ResourceView> {
  await withOrg(actor, (db) => findVisible(db, actor, connectionId))
  let provider: Provider | null = null
  try {
    return await withConnection(actor, connectionId, async (api, used) => {
      provider = used.provider
      const reader = findReader(used.provider, asked.kind)
      const extent = extentOf(actor, used)
      allowExtent(extent === 'containers' ? 'nothing' : extent, used.provider, asked.kind)
      const resource = await reader.read(inTurn(api, used), asked.resource)
      if (!isShared(used, resource, await readSwitches(actor, used))) throw new Problem('not-found')
      return describeResource(resource, { provider: used.provider.id, connectionId: used.id, viewer: actor })
    })
  } catch (error) {
    throw error instanceof ProviderFailure ? toProblemOf(provider, error) : error
  }
}
