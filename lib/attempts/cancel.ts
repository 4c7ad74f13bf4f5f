import { record } from '#lib/audit/record.ts'
import { endHeld } from '#lib/connections/held-proof.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { findAttempt } from './queries.ts'
import type { AttemptView } from './schema.ts'

/** The row as it stood with what it holds, which it holds no longer; null when the attempt has ended already. */
async function cancel(db: Db, actor: Actor, id: string) {
  const { count } = await db.connectAttempt.updateMany({
    where: { id, status: { in: ['none', 'opened', 'choosing', 'mismatch'] } },
    data: { status: 'cancelled', problem: 'cancelled', endedAt: now(), verifier: null },
  })
  if (count === 0) return null
  const attempt = await db.connectAttempt.findFirst({ where: { id } }) // the row is ours now: nobody puts a grant into it
  await db.connectAttempt.updateMany({ where: { id }, data: { grant: null } })
  await record(
    db,
    actor,
    'connection.cancelled',
    { kind: 'attempt', id },
    { ...(attempt ? { provider: attempt.provider } : {}), result: 'refused' },
  )
  return attempt
}

/**
 * Ends an attempt of one's own; a callback that comes later is discarded, and a token it held ends at the provider. One that
 * has ended stays as it ended.
 */
export async function cancelAttempt(actor: Actor, id: string): Promise<AttemptView> {
  await findAttempt(actor, id)
  const cancelled = await withOrg(actor, (db) => cancel(db, actor, id))
  if (cancelled) await endHeld(cancelled)
  return findAttempt(actor, id)
}
