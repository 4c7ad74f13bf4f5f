import { refreshGrant } from '#lib/oauth/refresh.ts'
import { TokenRefused } from '#lib/oauth/token-answer.ts'
import { inFuture, now } from '#lib/platform/clock.ts'
import { type Db, Prisma, withOrg } from '#lib/platform/db.ts'
import { NoAnswer } from '#lib/platform/http.ts'
import { log } from '#lib/platform/log.ts'
import { createApi, ProviderFailure } from '#lib/providers/api.ts'
import type { Grant } from '#lib/providers/define.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { sealGrant } from './grant.ts'
import { type Held, hold } from './hold.ts'
import { type Lease, takeLease } from './lease.ts'
import { oauthMethod, reach } from './reach.ts'

/** Why a grant is lost for good: the provider refused to renew it, or did so after an answer of its never reached us. */
export type Lost = 'refresh_refused' | 'refresh_answer_lost'

/** Told, inside the commit that gives up a grant, so that its connections change state with it and nobody asks again. */
export type OnLost = (db: Db, actor: Actor, held: Held, why: Lost) => Promise<void>

// Longer than any provider takes; the lease is extended meanwhile.
const TOKEN_TIMEOUT_MS = 30_000
const BACKOFF_MS = { first: 5_000, most: 300_000 }

export const isStillValid = ({ grant }: Held): boolean => !grant.expiresAt || grant.expiresAt > now()

/** The provider, asked with a grant as it is, answers: true, it takes it; false, it does not; null, no telling. */
async function probe(held: Held): Promise<boolean | null> {
  const { endpoints } = reach(held.provider, held.config)
  const api = createApi({ provider: held.provider, grant: held.grant, base: endpoints.api })
  try {
    await held.provider.identify(api, held.grant)
    return true
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    return error.failure === 'expired' || error.failure === 'revoked' ? false : null
  }
}

/** Saves the whole answer in one commit, before anybody uses it. Null: the row has moved on, somebody else's counts. */
async function store(actor: Actor, held: Held, grant: Grant): Promise<Held | null> {
  const version = held.version + 1
  const sealed = await sealGrant(grant, { organizationId: actor.organizationId, id: held.credentialId, version })
  const { count } = await withOrg(actor, (db) =>
    db.credential.updateMany({
      where: { id: held.credentialId, version: held.version },
      data: {
        sealed,
        version,
        expiresAt: grant.expiresAt ?? null,
        refreshable: grant.refreshToken !== undefined,
        issuedAt: now(),
        leaseId: null,
        leaseUntil: null,
        sentAt: null,
        failures: 0,
        retryAt: null,
      },
    }),
  )
  return count === 1 ? { ...held, grant, version, issuedAt: now(), sentAt: null, failures: 0, retryAt: null } : null
}

/** Ends the lease after a failure that is not final: when to try again, and whether an answer may still be owed to us. */
async function postpone(actor: Actor, held: Held, lease: Lease, isOwed: boolean): Promise<Date> {
  const pause = Math.min(BACKOFF_MS.first * 2 ** held.failures, BACKOFF_MS.most) * (0.8 + Math.random() * 0.4)
  const retryAt = inFuture(pause)
  await withOrg(actor, (db) =>
    db.credential.updateMany({
      where: { id: held.credentialId, leaseId: lease.id },
      data: {
        leaseId: null,
        leaseUntil: null,
        failures: { increment: 1 },
        retryAt,
        ...(isOwed ? {} : { sentAt: null }),
      },
    }),
  )
  return retryAt
}

/** The provider refused for good. The row is read again first: a refusal after a lost race is no refusal. */
async function giveUp(actor: Actor, held: Held, lease: Lease, onLost: OnLost): Promise<Held> {
  const why: Lost = lease.wasLost ? 'refresh_answer_lost' : 'refresh_refused'
  const isLost = await withOrg(actor, async (db) => {
    const [current] = await db.$queryRaw<{ version: number }[]>(Prisma.sql`
      SELECT version FROM "Credential" WHERE id = ${held.credentialId}::uuid FOR UPDATE`)
    if (current?.version !== held.version) return false
    await db.credential.update({
      where: { id: held.credentialId },
      data: { refreshable: false, leaseId: null, leaseUntil: null, sentAt: null, failures: 0, retryAt: null },
    })
    await onLost(db, actor, held, why)
    return true
  })
  if (isLost) throw new ProviderFailure('revoked', { detail: why })
  return hold(actor, held.connectionId)
}

/** No whole answer: the old token is probed before it is served, since a rotation we did not hear of may have killed it. */
async function afterNoAnswer(actor: Actor, held: Held, lease: Lease, failure: NoAnswer, onLost: OnLost): Promise<Held> {
  if (failure.sent && isStillValid(held)) {
    const takesOld = await probe(held)
    if (takesOld === false && !lease.wasLost) return askAndStore(actor, held, { ...lease, wasLost: true }, onLost)
    const retryAt = await postpone(actor, held, lease, takesOld !== true)
    if (takesOld) return held
    throw new ProviderFailure('unavailable', { retryAt, cause: failure })
  }
  const retryAt = await postpone(actor, held, lease, failure.sent)
  if (isStillValid(held)) return held
  throw new ProviderFailure('unavailable', { retryAt, cause: failure })
}

async function askAndStore(actor: Actor, held: Held, lease: Lease, onLost: OnLost): Promise<Held> {
  const method = oauthMethod(held.provider)
  const { endpoints, client } = reach(held.provider, held.config)
  if (!method || !endpoints.token || !client) throw new ProviderFailure('setup', { detail: 'no_client' })
  const asked = { method, endpoint: endpoints.token, client, grant: held.grant, timeoutMs: TOKEN_TIMEOUT_MS }
  try {
    const grant = await refreshGrant(asked)
    return (await store(actor, held, grant)) ?? (await hold(actor, held.connectionId))
  } catch (error) {
    if (error instanceof NoAnswer) return afterNoAnswer(actor, held, lease, error, onLost)
    if (!(error instanceof TokenRefused)) throw error
    if (error.isFinal) return giveUp(actor, held, lease, onLost)
    log.warn({ provider: held.provider.id, refused: error.code }, 'a refresh was refused for a passing reason')
    const retryAt = await postpone(actor, held, lease, false)
    if (isStillValid(held)) return held
    throw new ProviderFailure('unavailable', { retryAt, detail: error.code })
  }
}

/**
 * Refreshes under the lease. Null: somebody else has it. Throws ProviderFailure: `revoked` when the grant is lost,
 * `unavailable` when the token has ended and no new one could be had yet.
 */
export async function refreshUnderLease(actor: Actor, held: Held, onLost: OnLost): Promise<Held | null> {
  const lease = await takeLease(actor, held)
  if (!lease) return null
  try {
    return await askAndStore(actor, held, lease, onLost)
  } finally {
    lease.release()
  }
}
