import { endReplaced } from '#lib/connections/end-replaced.ts'
import { endUnkept } from '#lib/connections/held-proof.ts'
import { judgeClaim, type Refusal } from '#lib/connections/judge-claim.ts'
import { tell } from '#lib/connections/observe.ts'
import type { Companion, Proof } from '#lib/connections/prove-grant.ts'
import { lockSlot, type Placed, place, type Settled } from '#lib/connections/settle.ts'
import { shareGrant } from '#lib/connections/share-grant.ts'
import { splitScopes } from '#lib/connections/split-scopes.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { knownProvider, oauthMethod } from '#lib/vault/reach.ts'
import { closeAttempt, emptyAttempt } from './end.ts'
import type { Attempt } from './recognize-arrival.ts'

/** Why a proof was not kept. */
export type Unkept = Refusal | 'timed_out'
/** What became of a provider that was asked for with the main one. */
type Joined = { provider: string } & ({ connectionId: string } | { problem: string })

const slotOf = ({ slot }: Attempt) => (slot === 'user' ? 'user' : 'organization')
const slotKeyOf = ({ slot, userId }: Attempt): string => (slot === 'user' ? userId : 'organization')

function placeProven(db: Db, actor: Actor, attempt: Attempt, { provider: id, identity, grant }: Proven) {
  const provider = knownProvider(id)
  const method = oauthMethod(provider)
  if (!method) throw new Error(`${id} has no OAuth`)
  const requested = splitScopes(provider, attempt.scopes)
  return place(db, actor, { provider, method, slot: slotOf(attempt), grant, identity, requested })
}
type Proven = Pick<Proof, 'identity' | 'grant'> & { provider: string }

/** The second connection of one consent, unless it may not be, or another account stands there: that one stays. */
async function join(db: Db, actor: Actor, attempt: Attempt, companion: Companion, { grant }: Proof) {
  const { provider } = companion
  if ('problem' in companion) return { joined: companion, placed: null }
  const { identity } = companion
  const refused = await judgeClaim(db, actor, { provider, userId: attempt.userId, slot: attempt.slot })
  if (refused) return { joined: { provider, problem: refused }, placed: null }
  const standing = await db.connection.findFirst({
    where: { provider, slotKey: slotKeyOf(attempt), status: { not: 'disconnected' } },
  })
  if (standing && standing.accountId !== identity.id)
    return { joined: { provider, problem: 'other_account' }, placed: null }
  const placed = await placeProven(db, actor, attempt, { provider, identity, grant })
  return { joined: { provider, connectionId: placed.id }, placed }
}

/** The connections of a proof. Their slots are taken first, in one order, since the Credential behind them is the same. */
async function keepAll(db: Db, actor: Actor, attempt: Attempt, proof: Proof): Promise<Settled> {
  const { also = [] } = proof
  const ids = [attempt.provider, ...also.map(({ provider }) => provider)].sort()
  for (const id of ids) await lockSlot(db, actor, id, slotKeyOf(attempt))
  const main = await placeProven(db, actor, attempt, { ...proof, provider: attempt.provider })
  const all: Placed[] = [main]
  const joined: Joined[] = []
  for (const companion of also) {
    const one = await join(db, actor, attempt, companion, proof)
    joined.push(one.joined)
    if (one.placed) all.push(one.placed)
  }
  const besides = all.map(({ id }) => id)
  const granted = proof.grant.scopes ?? proof.identity.scopes
  const changes = await shareGrant(db, actor, { credentialId: main.credentialId, granted, besides })
  await db.connectAttempt.updateMany({
    where: { id: attempt.id },
    data: {
      status: 'succeeded',
      problem: null,
      resultId: main.id,
      endedAt: now(),
      grant: null,
      ...(joined.length > 0 ? { problemDetail: { also: joined } } : {}),
    },
  })
  for (const placed of all) await placed.tell()
  for (const changed of changes) await tell(db, actor, changed)
  return { id: main.id, replaced: all.flatMap(({ replaced }) => replaced) }
}

/** All of it in the caller's transaction; the attempt is taken first, so that it ends in one way only. */
async function keep(db: Db, actor: Actor, attempt: Attempt, proof: Proof): Promise<Settled | { refused: Unkept }> {
  const { count } = await db.connectAttempt.updateMany({
    where: { id: attempt.id, status: 'returned' },
    data: { verifier: null },
  })
  if (count === 0) return { refused: 'timed_out' }
  const refused = await judgeClaim(db, actor, attempt)
  if (refused) {
    await closeAttempt(db, actor, attempt, { status: 'failed', kind: refused })
    return { refused }
  }
  return keepAll(db, actor, attempt, proof)
}

/**
 * Keeps what was proven, in one commit: the connections with their old ids, the sealed grant, the audit events, the attempt's
 * end. Only then is a replaced token retired at the provider; until here it served. Where the person may no longer, or the time
 * was up, nothing is kept, the new token ends, and the answer says why; null when it is kept.
 */
export async function keepProof(actor: Actor, attempt: Attempt, proof: Proof): Promise<Unkept | null> {
  const kept = await withOrg(actor, (db) => keep(db, actor, attempt, proof))
  if ('refused' in kept) {
    if (kept.refused === 'timed_out') await endUnkept(attempt, proof)
    else await emptyAttempt(actor, attempt.id)
    return kept.refused
  }
  await endReplaced(knownProvider(attempt.provider), kept, proof)
  return null
}
