import type { Provider, Reader, Sharing } from '#lib/providers/define.ts'
import type { Slot } from '#lib/providers/define-auth.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { may } from '#lib/tenancy/policy.ts'
import { reach } from '#lib/vault/reach.ts'
import { describeScopes, describeSlot } from './describe.ts'
import { describeAlso } from './describe-also.ts'
import { describeLeave } from './describe-leave.ts'
import { describeNative } from './describe-native.ts'
import { describeOptions } from './describe-options.ts'
import { availabilityOf, methodsFor } from './find-methods.ts'
import { isNative } from './native.ts'
import { isContainer, optionsOf, type SearchFacts, searchClosed, sight, whoMayConnect } from './policy.ts'
import { describeWaiting } from './read-requests.ts'
import type { Slots } from './read-slots.ts'
import type { KindView, ProviderView } from './schema.ts'

function describeKind(reader: Reader, provider: Provider, facts: SearchFacts): KindView {
  const { kind, name, children, list, search, searchOnDemand } = reader
  const closed = search ? searchClosed(reader, provider, facts) : null
  return {
    id: kind,
    name,
    children: [...(children ?? [])],
    isListed: list !== undefined,
    ...(isContainer(kind) ? { isContainer: true } : {}),
    search: search ? (searchOnDemand ? 'on_demand' : 'typing') : null,
    ...(closed === null ? {} : { searchClosed: closed }),
  }
}

/** One of the 13 as the caller sees it. */
export function describeProvider(actor: Actor, provider: Provider, read: Slots): ProviderView {
  const connector = read.connectors.get(provider.id) ?? null
  const around = {
    provider,
    connector,
    whoMayConnect: whoMayConnect(actor.organization, connector),
  }
  const requests = read.requests.filter((row) => row.provider === provider.id)
  const seesOthers = may(actor, 'hub.see') // a guest connects, and learns nothing of who else does
  const rowIn = (slot: Slot) =>
    read.connections.find(
      (entry) => entry.provider === provider.id && entry.slot === slot && sight(actor, entry) === 'full',
    ) ?? null
  const slots = provider.slots.map((slot: Slot) => {
    const row = rowIn(slot)
    const open = read.attempts.find((entry) => entry.provider === provider.id && entry.slot === slot)
    const attempt = open && (seesOthers || open.userId === actor.userId) ? open : null
    const request = slot === 'organization' ? (requests.find(({ userId }) => userId === actor.userId) ?? null) : null
    const also = describeAlso(actor, provider, slot, read)
    const ways = {
      also,
      methods: methodsFor(provider, slot, isNative(actor)),
      availability: availabilityOf(provider, slot, isNative(actor)),
    }
    return describeSlot(actor, row, { ...around, ...ways, slot, attempt, request })
  })
  const members = read.coverage[0]?.members ?? 0
  const connected = read.coverage.find((row) => row.provider === provider.id)?.connected ?? 0
  const main = provider.auth.find((method) => 'scopes' in method)
  const scopes = main && 'scopes' in main ? main.scopes : []
  const shown = slots.find(({ slot }) => slot === 'user') ?? slots[0]
  const facts = { options: optionsOf(connector), granted: shown?.connection?.scopes.granted ?? [] }
  return {
    id: provider.id,
    name: provider.name,
    category: provider.category,
    provides: [...provider.provides],
    ...(provider.lacks ? { lacks: [...provider.lacks] } : {}),
    before: [...provider.before],
    kinds: provider.readers.map((reader) => describeKind(reader, provider, facts)),
    ...(provider.sharing ? { sharing: describeSharing(provider.sharing) } : {}),
    ...(reach(provider).isSandbox ? { simulated: true } : {}),
    enabled: connector?.enabled ?? true,
    whoMayConnect: around.whoMayConnect,
    options: describeOptions(provider, connector),
    inAnswers: connector?.inAnswers ?? true,
    may: { configure: may(actor, 'connector.configure'), seeActivity: may(actor, 'activity.see') },
    slots,
    requests: may(actor, 'connection.manage') ? requests.map(describeWaiting) : [],
    scopes: describeScopes(scopes),
    leave: describeLeave(provider, (rowIn('user') ?? rowIn('organization'))?.config),
    ...describeNative(actor, provider, slots),
    ...(provider.slots.includes('user') && seesOthers ? { coverage: { connected, members } } : {}),
  }
}

const describeSharing = ({ kind, none, chosen, own }: Sharing) => ({
  kind,
  none,
  ...(chosen ? { chosen } : {}),
  ...(own ? { own } : {}),
})
