import { record } from '#lib/audit/record.ts'
import { now } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { fieldProblem, Problem } from '#lib/platform/problem.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { knownProvider } from '#lib/vault/reach.ts'
import { explainAttempt } from './explain.ts'
import { endProof, openProof } from './held-proof.ts'
import { keepProof } from './keep-proof.ts'
import type { Proof } from './prove-grant.ts'
import { findAttempt } from './queries.ts'
import type { Attempt } from './recognize-arrival.ts'
import type { AttemptView } from './schema.ts'

async function claim(actor: Actor, id: string): Promise<Attempt> {
  return withOrg(actor, async (db) => {
    const attempt = await db.connectAttempt.findFirst({ where: { id, userId: actor.userId ?? '' } })
    if (!attempt) throw new Problem('not-found')
    const { count } = await db.connectAttempt.updateMany({
      where: { id, status: 'mismatch', expiresAt: { gt: now() } },
      data: { status: 'returned' },
    })
    if (count === 0) throw nothingLeft()
    return attempt
  })
}

const nothingLeft = () => new Problem('connect-attempt-ended', 'There is nothing left to choose. Connect again.')

/** Keeping the old account wipes the new grant and ends its token; nothing that stood changes. */
async function keepOld(actor: Actor, attempt: Attempt, proof: Proof): Promise<void> {
  await withOrg(actor, async (db) => {
    await db.connectAttempt.update({
      where: { id: attempt.id },
      data: { status: 'cancelled', problem: 'kept', grant: null, endedAt: now() },
    })
    await record(
      db,
      actor,
      'connection.cancelled',
      { kind: 'attempt', id: attempt.id },
      { provider: attempt.provider, result: 'refused', after: { reason: 'kept' } },
    )
  })
  await endProof(attempt, proof)
}

/** The right to connect is asked again: a choice may come minutes after the start. */
async function switchTo(actor: Actor, attempt: Attempt, proof: Proof): Promise<void> {
  const unkept = await keepProof(actor, attempt, proof)
  if (unkept === 'timed_out') throw nothingLeft()
  if (unkept) throw new Problem('forbidden', explainAttempt(unkept, knownProvider(attempt.provider).name))
}

/**
 * Answers the question an attempt waits with: `keep` the account that was connected, or `switch` to the new one. Throws
 * `connect-attempt-ended`, and `forbidden` for who may not connect this any more: then the new token has ended too.
 */
export async function chooseAccount(actor: Actor, id: string, choice: string): Promise<AttemptView> {
  if (choice !== 'keep' && choice !== 'switch') throw fieldProblem('choice', 'Choose one of the offered answers.')
  const attempt = await claim(actor, id)
  const proof = await openProof(attempt)
  if (!proof) throw nothingLeft()
  await (choice === 'keep' ? keepOld : switchTo)(actor, attempt, proof)
  return findAttempt(actor, id)
}
