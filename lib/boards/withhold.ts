import type { Serving } from '#lib/connections/queries.ts'
import { findProvider } from '#lib/providers/registry.ts'
import { isShared } from '#lib/resources/policy.ts'
import { readSwitches } from '#lib/resources/read-switches.ts'
import type { ResourceView } from '#lib/resources/schema.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import type { Outcome, Outcomes, Wanted } from './read-references.ts'

/** Through what a viewer's cards of one provider are read, and what they last saw of one. */
type Sharing = {
  actor: Actor
  serving: Serving
  lastSight: (referenceId: string) => Promise<ResourceView | null>
}

const off: Outcome = { what: 'not_shared' }

/** The connection as its switches are read of; null where everything is shared, a member's own. */
function throughOf({ id, slot, provider: providerId }: Serving) {
  const provider = findProvider(providerId)
  return provider && slot === 'organization' ? { id, slot, provider } : null
}

/** Containers that an admin turned off: nothing has to be asked to know what their cards are. */
export async function knownOff({ actor, serving }: Sharing, wanted: readonly Wanted[]): Promise<Outcomes> {
  const through = throughOf(serving)
  const containers = wanted.filter(({ kind }) => kind === through?.provider.sharing?.kind)
  if (!through || containers.length === 0) return new Map()
  const switches = await readSwitches(actor, through)
  return new Map(
    containers.flatMap(({ referenceId, externalId }) =>
      switches.get(externalId) === false ? [[referenceId, off]] : [],
    ),
  )
}

/**
 * Takes out what is not available on boards as it is switched now, also what the viewer would otherwise be shown of an
 * earlier look. Asked after everything was read: what was turned off meanwhile is not shown any more.
 */
export async function withhold({ actor, serving, lastSight }: Sharing, outcomes: Outcomes): Promise<Outcomes> {
  const through = throughOf(serving)
  if (!through || outcomes.size === 0) return outcomes
  const switches = await readSwitches(actor, through)
  const judged = [...outcomes].map(async ([id, outcome]) => {
    const seen = outcome.what === 'read' ? outcome.resource : await lastSight(id)
    return [id, seen && !isShared(through, seen, switches) ? off : outcome] as const
  })
  return new Map(await Promise.all(judged))
}
