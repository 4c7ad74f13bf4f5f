import { endHeld } from '#lib/connections/held-proof.ts'
import { withOrg } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { endAttempt } from './end.ts'
import type { Attempt } from './recognize-arrival.ts'

/**
 * Fails an attempt on which something broke; what was granted on it ends at the provider. One that was kept, waits or ended
 * before it broke stays as it is.
 */
export async function breakOff(actor: Actor, attempt: Attempt): Promise<void> {
  const { id } = attempt
  const broken = await withOrg(actor, async (db) => {
    const { count } = await db.connectAttempt.updateMany({
      where: { id, status: 'returned' },
      data: { status: 'failed', problem: 'unexpected' },
    })
    return count === 1 ? db.connectAttempt.findFirst({ where: { id } }) : null
  })
  if (!broken) return
  await endHeld(broken) // until it is wiped the worker would end it
  await withOrg(actor, (db) => endAttempt(db, actor, attempt, { status: 'failed', kind: 'unexpected' }))
}
