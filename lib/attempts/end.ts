import { record } from '#lib/audit/record.ts'
import { now } from '#lib/platform/clock.ts'
import type { Db } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'

type Ended = { id: string; provider: string }
export type Ending = { status: 'denied' | 'failed'; kind: string; code?: string }

/** Not the provider's doing: somebody who may not, or no longer. */
const refusals: readonly string[] = ['denied', 'disabled', 'not_allowed']

/** Ends an attempt without a connection, in the caller's transaction: what it held is wiped, and the audit log says why. */
export async function endAttempt(db: Db, actor: Actor, { id, provider }: Ended, ending: Ending): Promise<void> {
  const { status, kind, code } = ending
  await db.connectAttempt.updateMany({
    where: { id },
    data: { status, problem: kind, problemDetail: code ? { code } : {}, endedAt: now(), verifier: null, grant: null },
  })
  await record(
    db,
    actor,
    status === 'denied' ? 'connection.denied' : 'connection.failed',
    { kind: 'attempt', id },
    {
      provider,
      result: refusals.includes(kind) ? 'refused' : 'failed',
      after: { reason: kind, ...(code ? { code } : {}) },
    },
  )
}
