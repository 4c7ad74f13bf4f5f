import { record } from '#lib/audit/record.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { emptyAttempt } from './end.ts'
import { findAttempt } from './queries.ts'
import type { AttemptView } from './schema.ts'

/** From here on nobody puts a grant into it, or keeps the one it holds; false when it has ended already. */
async function cancel(db: Db, actor: Actor, { id, provider }: AttemptView): Promise<boolean> {
  const { count } = await db.connectAttempt.updateMany({
    where: { id, status: { in: ['none', 'opened', 'choosing', 'mismatch'] } },
    data: { status: 'cancelled', problem: 'cancelled', endedAt: now(), verifier: null },
  })
  if (count === 0) return false
  await record(db, actor, 'connection.cancelled', { kind: 'attempt', id }, { provider, result: 'refused' })
  return true
}

/**
 * Ends an attempt of one's own; a callback that comes later is discarded, and a token it held ends at the provider. One that
 * has ended stays as it ended.
 */
export async function cancelAttempt(actor: Actor, id: string): Promise<AttemptView> {
  const attempt = await findAttempt(actor, id)
  if (await withOrg(actor, (db) => cancel(db, actor, attempt))) await emptyAttempt(actor, id)
  return findAttempt(actor, id)
}
