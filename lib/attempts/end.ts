import { record } from '#lib/audit/record.ts'
import { endHeld } from '#lib/connections/held-proof.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import type { AttemptStatus } from './schema.ts'
import { unfinished } from './status.ts'

type Ended = { id: string; provider: string }
export type Ending = { status: 'denied' | 'failed'; kind: string; code?: string }

/** Not the provider's doing: somebody who may not, or no longer. */
const refusals: readonly string[] = ['denied', 'disabled', 'not_allowed']

/**
 * Ends an attempt without a connection, in the caller's transaction, and the audit log says why; nobody keeps what it holds any
 * more, and emptyAttempt is next. False: it is in none of these statuses `over` which this may be written, and stays as it is.
 */
export async function closeAttempt(
  db: Db,
  actor: Actor,
  { id, provider }: Ended,
  { status, kind, code }: Ending,
  over: readonly AttemptStatus[] = unfinished,
): Promise<boolean> {
  const { count } = await db.connectAttempt.updateMany({
    where: { id, status: { in: [...over] } },
    data: { status, problem: kind, problemDetail: code ? { code } : {}, endedAt: now(), verifier: null },
  })
  if (count === 0) return false
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
  return true
}

/** Ends at the provider what an attempt that has ended holds, and only then wipes it: where that breaks, the worker finds it there. */
export async function emptyAttempt(actor: Actor, id: string): Promise<void> {
  const attempt = await withOrg(actor, (db) => db.connectAttempt.findFirst({ where: { id } }))
  if (attempt) await endHeld(attempt)
  await withOrg(actor, (db) => db.connectAttempt.updateMany({ where: { id }, data: { grant: null, verifier: null } }))
}

/** Ends an attempt without a connection, unless it has ended, and with it what it holds. */
export async function endAttempt(
  actor: Actor,
  attempt: Ended,
  ending: Ending,
  over?: readonly AttemptStatus[],
): Promise<void> {
  if (await withOrg(actor, (db) => closeAttempt(db, actor, attempt, ending, over)))
    await emptyAttempt(actor, attempt.id)
}
