import type { Actor } from '#lib/tenancy/actor.ts'
import { endAttempt } from './end.ts'
import type { Attempt } from './recognize-arrival.ts'

/**
 * Fails an attempt on which something broke; what was granted on it ends at the provider. One that was kept, waits or ended
 * before it broke stays as it is.
 */
export const breakOff = (actor: Actor, attempt: Attempt): Promise<void> =>
  endAttempt(actor, attempt, { status: 'failed', kind: 'unexpected' }, ['returned'])
