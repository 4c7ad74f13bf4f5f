import { now } from '#lib/platform/clock.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import type { Grant, Provider } from '#lib/providers/define.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { forgetCredential } from '#lib/vault/forget.ts'
import { openGrant } from '#lib/vault/grant.ts'
import { knownProvider, oauthMethod } from '#lib/vault/reach.ts'
import { endAttempt } from './end-attempt.ts'
import { countSharers, endGrant } from './end-grant.ts'
import { endProof } from './held-proof.ts'
import { judgeAttempt, type Refusal } from './judge-attempt.ts'
import type { Proof } from './prove-grant.ts'
import type { Attempt } from './recognize-arrival.ts'
import { lockSlot, settle } from './settle.ts'

/** Why a proof was not kept. */
export type Unkept = Refusal | 'timed_out'
type Replaced = { grant: Grant; accountId: string }

const slotKeyOf = (attempt: Attempt) => (attempt.slot === 'user' ? attempt.userId : 'organization')

/** The grants this one takes the place of: of the same account, and of the account that stood in the slot. */
async function findReplaced(db: Db, attempt: Attempt, provider: Provider, proof: Proof): Promise<Replaced[]> {
  const standing = await db.connection.findFirst({ where: { provider: provider.id, slotKey: slotKeyOf(attempt) } })
  const credentials = await db.credential.findMany({
    where: {
      sealed: { not: null },
      OR: [
        { client: attempt.client, accountId: proof.identity.id },
        { id: standing?.credentialId ?? crypto.randomUUID() },
      ],
    },
  })
  const opened = credentials.map(async ({ sealed, accountId, ...row }) => {
    const grant = sealed && (await openGrant(sealed, row))
    return grant ? [{ grant, accountId }] : []
  })
  return (await Promise.all(opened)).flat()
}

type Kept = { id: string; replaced: Replaced[] } | { refused: Unkept }

/** All of it in the caller's transaction; the attempt is taken first, so that it ends in one way only. */
async function keep(db: Db, actor: Actor, attempt: Attempt, proof: Proof): Promise<Kept> {
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
  await lockSlot(db, actor, provider.id, slotKeyOf(attempt))
  const replaced = await findReplaced(db, attempt, provider, proof)
  const before = await db.connection.findFirst({ where: { provider: provider.id, slotKey: slotKeyOf(attempt) } })
  const slot = attempt.slot === 'user' ? 'user' : 'organization'
  const id = await settle(db, actor, { provider, method, slot, ...proof, requested: attempt.scopes })
  const after = await db.connection.findFirst({ where: { id } })
  if (before?.credentialId && before.credentialId !== after?.credentialId)
    await forgetCredential(db, before.credentialId, id)
  await db.connectAttempt.updateMany({ where: { id: attempt.id }, data: { resultId: id } })
  return { id, replaced }
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
  const provider = knownProvider(attempt.provider)
  for (const { grant, accountId } of kept.replaced) {
    if (grant.token === proof.grant.token) continue
    const isOther = accountId !== proof.identity.id
    await endGrant(provider, grant, isOther && (await countSharers(provider, accountId, [kept.id])) === 0)
  }
  return null
}
