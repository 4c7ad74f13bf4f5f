import type { Provider } from '#lib/providers/define.ts'
import type { AuthMethod, Slot } from '#lib/providers/define-auth.ts'
import { reach } from '#lib/vault/reach.ts'
import type { Facts } from './status.ts'

/** The ways to connect a slot here: a consent page that needs a client is none where this server has no client. */
export function methodsFor(provider: Provider, slot: Slot): AuthMethod[] {
  const { client } = reach(provider)
  return provider.auth
    .filter((method) => !method.slots || method.slots.includes(slot))
    .filter((method) => method.type !== 'oauth2' || method.client === null || client !== null)
}

/** Whether a slot can be connected here at all. */
export function availabilityOf(provider: Provider | null, slot: Slot): Facts['availability'] {
  if (!provider) return 'not_built'
  return methodsFor(provider, slot).length > 0 ? 'available' : 'not_set_up'
}
