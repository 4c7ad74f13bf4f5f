import { record } from '#lib/audit/record.ts'
import { now } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { findAttempt } from './queries.ts'
import type { AttemptView } from './schema.ts'

/** Ends an attempt of one's own; a callback that comes later is discarded. One that has ended stays as it ended. */
export async function cancelAttempt(actor: Actor, id: string): Promise<AttemptView> {
  const attempt = await findAttempt(actor, id)
  await withOrg(actor, async (db) => {
    const { count } = await db.connectAttempt.updateMany({
      where: { id, status: { in: ['none', 'opened', 'choosing', 'mismatch'] } },
      data: { status: 'cancelled', problem: 'cancelled', endedAt: now(), verifier: null, grant: null },
    })
    if (count === 1)
      await record(
        db,
        actor,
        'connection.cancelled',
        { kind: 'attempt', id },
        { provider: attempt.provider, result: 'refused' },
      )
  })
  return findAttempt(actor, id)
}
