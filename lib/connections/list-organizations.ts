import { enterAll, type Person } from '#lib/tenancy/actor.ts'
import { may } from '#lib/tenancy/policy.ts'
import { MembershipView } from '#lib/tenancy/schema.ts'
import { listProviders } from './queries.ts'
import type { ProviderView } from './schema.ts'
import { filterGroups } from './status.ts'

/** A person's organizations, the one used last first, and how many tools need attention in each as far as they may know. */
export async function listOrganizations(person: Person): Promise<MembershipView[]> {
  const found = (await enterAll(person)).map(async (actor) => {
    const { items } = may(actor, 'hub.see') ? await listProviders(actor) : { items: [] }
    const { id, slug, name } = actor.organization
    return MembershipView.parse({ id, slug, name, role: actor.role, attention: items.filter(needsAttention).length })
  })
  return Promise.all(found)
}

const needsAttention = ({ slots }: ProviderView): boolean =>
  slots.some(({ status, signal, reasonCode }) => filterGroups.attention.has(status, signal, reasonCode))
