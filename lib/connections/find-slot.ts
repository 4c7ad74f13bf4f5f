import type { Db } from '#lib/platform/db.ts'
import { fieldProblem, Problem } from '#lib/platform/problem.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Slot } from '#lib/providers/define-auth.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { needProvider } from './need-provider.ts'
import { allowConnect, whoMayConnect } from './policy.ts'

type Connector = Awaited<ReturnType<Db['connector']['findFirst']>>
export type FoundSlot = { provider: Provider; connector: Connector }

/**
 * A slot that this person may connect now. Throws `not-found` as needProvider, `fields-not-accepted` for a
 * slot that the provider lacks, `forbidden` where it is turned off or not theirs to connect.
 */
export async function findSlot(actor: Actor, db: Db, asked: { provider: string; slot: Slot }): Promise<FoundSlot> {
  const provider = needProvider(asked.provider)
  if (!provider.slots.includes(asked.slot)) throw fieldProblem('slot', `${provider.name} cannot be connected this way.`)
  const connector = await db.connector.findFirst({ where: { provider: provider.id } })
  if (connector && !connector.enabled)
    throw new Problem('forbidden', `${provider.name} is turned off for this organization. An admin can enable it.`)
  allowConnect(actor, asked.slot, whoMayConnect(actor.organization, connector))
  return { provider, connector }
}
