import { findVisible } from '#lib/connections/find-visible.ts'
import { withOrg } from '#lib/platform/db.ts'
import { fieldProblem, Problem } from '#lib/platform/problem.ts'
import type { Provider, Reader, Sharing } from '#lib/providers/define.ts'
import { findProvider } from '#lib/providers/registry.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { allow } from '#lib/tenancy/policy.ts'
import { findReader } from './list-resources.ts'

/** A connection whose containers are switched for boards, and how they are read. */
export type Switched = {
  id: string
  slot: 'organization'
  accountId: string
  provider: Provider
  sharing: Sharing
  reader: Reader
}

/**
 * The organization's connection through which everybody reads one kind of container. Throws `not-found` for one the caller
 * may not know of and where nothing is switched, `forbidden` without the right, `fields-not-accepted` for another kind.
 */
export async function findSwitched(
  actor: Actor,
  connectionId: string,
  kind: string,
  right: 'resources.share' | 'hub.see',
): Promise<Switched> {
  const {
    id,
    slot,
    accountId,
    provider: providerId,
  } = await withOrg(actor, (db) => findVisible(db, actor, connectionId))
  allow(actor, right)
  const provider = findProvider(providerId)
  if (!provider?.sharing || slot !== 'organization') throw new Problem('not-found')
  const { sharing } = provider
  const reader = findReader(provider, sharing.kind)
  if (kind !== sharing.kind)
    throw fieldProblem('kind', `Here it is switched by ${reader.name.toLowerCase()}: ${sharing.kind}.`)
  return { id, slot, accountId, provider, sharing, reader: { ...reader, ...sharing.containers } }
}
