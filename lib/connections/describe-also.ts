import type { Provider } from '#lib/providers/define.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { oauthMethod, sharersOf } from '#lib/vault/reach.ts'
import { describeScopes } from './describe.ts'
import { availabilityOf } from './find-methods.ts'
import { isVerifiedHere } from './native.ts'
import { mayConnect, whoMayConnect } from './policy.ts'
import type { SlotName, SlotView } from './schema.ts'

type Read = {
  connectors: ReadonlyMap<string, { enabled: boolean; whoMayConnect: string | null }>
  connections: readonly { provider: string; slot: string; status: string }[]
}

/** The providers that one consent can connect with another's: where they share a client, and nothing stands there yet. */
export function describeAlso(actor: Actor, provider: Provider, slot: SlotName, read: Read): SlotView['also'] {
  const account = oauthMethod(provider)?.account
  if (!account) return []
  const isOpen = (other: Provider): boolean => {
    const connector = read.connectors.get(other.id) ?? null
    const standing = read.connections.find((row) => row.provider === other.id && row.slot === slot)
    if (!other.slots.includes(slot) || connector?.enabled === false) return false
    if (isVerifiedHere(actor, other, slot)) return false
    if (standing && standing.status !== 'disconnected') return false
    return (
      availabilityOf(other, slot) === 'available' &&
      mayConnect(actor, slot, whoMayConnect(actor.organization, connector))
    )
  }
  return sharersOf(provider)
    .filter((other) => other.id !== provider.id && isOpen(other))
    .map((other) => ({
      id: other.id,
      label: `Also connect ${other.name} with the same ${account} account`,
      scopes: describeScopes(oauthMethod(other)?.scopes ?? []),
    }))
}
