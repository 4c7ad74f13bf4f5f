import type { Provider } from '#lib/providers/define.ts'
import type { AuthMethod, Slot } from '#lib/providers/define-auth.ts'
import { reach } from '#lib/vault/reach.ts'
import type { Facts } from './status.ts'

/**
 * The ways to connect a slot here: a consent page that needs a client is none where this server has no client. In native mode
 * access that can be verified is not asked for in any other way, and elsewhere it is not verified.
 */
export function methodsFor(provider: Provider, slot: Slot, isNative = false): AuthMethod[] {
  const { client } = reach(provider)
  const ways = provider.auth
    .filter((method) => !method.slots || method.slots.includes(slot))
    .filter((method) => method.type !== 'oauth2' || method.client === null || client !== null)
  const verified = ways.filter(({ type }) => type === 'verified')
  return isNative && verified.length > 0 ? verified : ways.filter((method) => !verified.includes(method))
}

/** Whether a slot can be connected here at all. */
export function availabilityOf(provider: Provider, slot: Slot, isNative = false): Facts['availability'] {
  return methodsFor(provider, slot, isNative).length > 0 ? 'available' : 'not_set_up'
}
