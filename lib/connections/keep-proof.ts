import { now } from '#lib/platform/clock.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { knownProvider, oauthMethod } from '#lib/vault/reach.ts'
import { endAttempt } from './end-attempt.ts'
import { endReplaced } from './end-replaced.ts'
import { endProof } from './held-proof.ts'
import { judgeAttempt, type Refusal } from './judge-attempt.ts'
import type { Proof } from './prove-grant.ts'
import type { Attempt } from './recognize-arrival.ts'
import { type Settled, settle } from './settle.ts'

/** Why a proof was not kept. */
export type Unkept = Refusal | 'timed_out'

/** All of it in the caller's transaction; the attempt is taken first, so that it ends in one way only. */
async function keep(db: Db, actor: Actor, attempt: Attempt, proof: Proof): Promise<Settled | { refused: Unkept }> {
  const provider = knownProvider(attempt.provider)
  const method = oauthMethod(provider)
  if (!method) throw new Error(`${provider.id} has no OAuth`)
  const { count } = await db.connectAttempt.updateMany({
    where: { id: attempt.id, status: 'returned' },
    data: { status: 'succeeded', problem: null, endedAt: now(), verifier: null, grant: null },
  })
  if (count === 0) return { refused: 'timed_out' }
  const refused = await judgeAttempt(db, actor, attempt)
  if (refused) {
    await endAttempt(db, actor, attempt, { status: 'failed', kind: refused })
    return { refused }
  }
  const slot = attempt.slot === 'user' ? 'user' : 'organization'
  const settled = await settle(db, actor, { provider, method, slot, ...proof, requested: attempt.scopes })
  await db.connectAttempt.updateMany({ where: { id: attempt.id }, data: { resultId: settled.id } })
  return settled
}

/**
 * Keeps what was proven, in one commit: the connection with its old id, the sealed grant, the audit event, the attempt's end.
 * Only then is a replaced token retired at the provider; until here it served. Where the person may no longer, or the time
 * was up, nothing is kept, the new token ends, and the answer says why; null when it is kept.
 */
export async function keepProof(actor: Actor, attempt: Attempt, proof: Proof): Promise<Unkept | null> {
  const kept = await withOrg(actor, (db) => keep(db, actor, attempt, proof))
  if ('refused' in kept) {
    await endProof(attempt, proof)
    return kept.refused
  }
  await endReplaced(knownProvider(attempt.provider), kept, proof)
  return null
}
