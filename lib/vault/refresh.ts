import { type RefreshInput, refreshGrant } from '#lib/oauth/refresh.ts'
import { TokenRefused } from '#lib/oauth/token-answer.ts'
import { inFuture, now, sleep } from '#lib/platform/clock.ts'
import { type Db, Prisma, withOrg } from '#lib/platform/db.ts'
import { NoAnswer } from '#lib/platform/http.ts'
import { log } from '#lib/platform/log.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { sealGrant } from './grant.ts'
import { type Held, hold } from './hold.ts'
import { type Lease, takeLease } from './lease.ts'
import { openApi } from './open-api.ts'
import { consentOf, reach } from './reach.ts'
import { isPartValid, type Part, usable, withoutSecond } from './second.ts'

/**
 * Why a grant is lost for good: the provider refused to renew it, or did so after an answer of its never reached us.
 * `second_refused`: it refused to renew the second token, and the first is as good as before.
 */
export type Lost = 'refresh_refused' | 'refresh_answer_lost' | 'second_refused'

/** Told, inside the commit that gives up a grant, so that its connections change state with it and nobody asks again. */
export type OnLost = (db: Db, actor: Actor, held: Held, why: Lost) => Promise<void>

// Longer than any provider takes; the lease is extended meanwhile.
const TOKEN_TIMEOUT_MS = 30_000
const BACKOFF_MS = { first: 5_000, most: 300_000 }
const STORE_AGAIN_MS = [250, 1000]

/** One try to renew a part of a grant: who has the lease, what is sent, who is told when it is lost, and whether the old one serves. */
type Try = {
  actor: Actor
  held: Held
  lease: Lease
  asked: RefreshInput
  onLost: OnLost
  part: Part
  mayServeOld: boolean
}

/** Whether the token that is held has not ended yet. */
export const isStillValid = (held: Held): boolean => isPartValid(held, 'first')

/** A token that the provider has just refused serves nobody, whatever end it was given; without its second token the first does. */
const servesOld = ({ held, part, mayServeOld }: Try): boolean =>
  isStillValid(held) && (mayServeOld || part === 'second')

/** The provider, asked with a grant as it is, answers: true, it takes it; false, it does not; null, no telling. */
async function probe(held: Held): Promise<boolean | null> {
  try {
    await held.provider.identify(openApi(held), held.grant)
    return true
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    return error.failure === 'expired' || error.failure === 'revoked' ? false : null
  }
}

/** Saves the whole answer in one commit, before anybody uses it. Null: the row has moved on, somebody else's counts. */
async function store({ actor, held }: Try, grant: Grant): Promise<Held | null> {
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
  return count === 1 ? movedOn(held, grant) : null
}

/** What is held once a grant was saved in the place of the one before. */
function movedOn(held: Held, whole: Grant): Held {
  const fresh = { version: held.version + 1, issuedAt: now(), sentAt: null, failures: 0, retryAt: null }
  return { ...held, ...fresh, whole, grant: held.purpose === 'end' ? whole : usable(held, whole) }
}

/** A rotated token that is not saved is lost, so a database that stumbles is asked again. */
async function storePatiently(attempt: Try, grant: Grant): Promise<Held | null> {
  for (const pauseMs of STORE_AGAIN_MS) {
    try {
      return await store(attempt, grant)
    } catch (error) {
      log.warn({ error }, 'a renewed grant could not be saved yet')
      await sleep(pauseMs)
    }
  }
  return store(attempt, grant)
}

/** Somebody else's turn has come or passed: what they saved; null while there is nothing newer. */
async function overtaken({ actor, held }: Try): Promise<Held | null> {
  const seen = await hold(actor, held.connectionId, held.purpose)
  return seen.version === held.version ? null : seen
}

type Pause = { isOwed: boolean; until?: Date | null }

/** Ends the lease after a failure that is not final: when to try again, and whether an answer may still be owed to us. */
async function postpone({ actor, held, lease }: Try, { isOwed, until }: Pause): Promise<Date> {
  const pauseMs = Math.min(BACKOFF_MS.first * 2 ** held.failures, BACKOFF_MS.most) * (0.8 + Math.random() * 0.4)
  const retryAt = until ?? inFuture(pauseMs)
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

/** Whether this try still has the row, which then stays so until the caller's commit. */
async function hasRow(db: Db, { held, lease }: Try): Promise<boolean> {
  const [current] = await db.$queryRaw<{ version: number; leaseId: string | null }[]>(Prisma.sql`
    SELECT version, "leaseId" FROM "Credential" WHERE id = ${held.credentialId}::uuid FOR UPDATE`)
  return current?.version === held.version && current.leaseId === lease.id
}

/** The provider refused the second token for good: it goes, what it was for is missing, and the first stays. */
async function giveUpSecond(attempt: Try): Promise<Held | null> {
  const { actor, held, onLost } = attempt
  const whole = withoutSecond(held.whole)
  const version = held.version + 1
  const sealed = await sealGrant(whole, { organizationId: actor.organizationId, id: held.credentialId, version })
  const isLost = await withOrg(actor, async (db) => {
    if (!(await hasRow(db, attempt))) return false
    const free = { leaseId: null, leaseUntil: null, sentAt: null, failures: 0, retryAt: null }
    await db.credential.update({ where: { id: held.credentialId }, data: { sealed, version, ...free } })
    await onLost(db, actor, held, 'second_refused')
    return true
  })
  return isLost ? { ...movedOn(held, whole), issuedAt: held.issuedAt } : overtaken(attempt)
}

/** The provider refused for good. The row is read again first: a refusal after a lost race or lease is no refusal. */
async function giveUp(attempt: Try): Promise<Held | null> {
  const { actor, held, lease, onLost, part } = attempt
  if (part === 'second') return giveUpSecond(attempt)
  const why: Lost = lease.wasLost ? 'refresh_answer_lost' : 'refresh_refused'
  const isLost = await withOrg(actor, async (db) => {
    if (!(await hasRow(db, attempt))) return false
    await db.credential.update({
      where: { id: held.credentialId },
      data: { refreshable: false, leaseId: null, leaseUntil: null, sentAt: null, failures: 0, retryAt: null },
    })
    await onLost(db, actor, held, why)
    return true
  })
  if (isLost) throw new ProviderFailure('revoked', { detail: why })
  return overtaken(attempt)
}

/** No whole answer: the old token is probed before it is served, since a rotation we did not hear of may have killed it. */
async function afterNoAnswer(attempt: Try, failure: NoAnswer): Promise<Held | null> {
  const { held, lease, part } = attempt
  if (part === 'first' && failure.sent && isStillValid(held)) {
    const takesOld = await probe(held)
    if (takesOld === false && !lease.wasLost) return askAndStore({ ...attempt, lease: { ...lease, wasLost: true } })
    const retryAt = await postpone(attempt, { isOwed: takesOld !== true })
    if (takesOld) return held
    throw new ProviderFailure('unavailable', { retryAt, cause: failure })
  }
  const retryAt = await postpone(attempt, { isOwed: failure.sent && part === 'first' })
  if (servesOld(attempt)) return held
  throw new ProviderFailure('unavailable', { retryAt, cause: failure })
}

async function askAndStore(attempt: Try): Promise<Held | null> {
  const { held, asked, part } = attempt
  let grant: Grant
  try {
    const renewed = await refreshGrant(asked)
    grant = part === 'first' ? renewed : { ...held.whole, second: withoutSecond(renewed) }
  } catch (error) {
    if (error instanceof NoAnswer) return afterNoAnswer(attempt, error)
    if (!(error instanceof TokenRefused)) throw error
    if (error.isFinal) return giveUp(attempt)
    log.warn({ provider: held.provider.id, refused: error.code }, 'a refresh was refused for a passing reason')
    const retryAt = await postpone(attempt, { isOwed: false, until: error.retryAt })
    if (servesOld(attempt)) return held
    throw new ProviderFailure('unavailable', { retryAt, detail: error.code })
  }
  return (await storePatiently(attempt, grant)) ?? overtaken(attempt)
}

/** What is sent to renew a part of a grant; null where it is not of a consent, or this server has no client for its provider. */
function requestFor({ provider, config, whole, ...held }: Held, part: Part, timeoutMs: number): RefreshInput | null {
  const method = consentOf(provider, held.method)
  const { endpoints, client } = reach(provider, config)
  const grant = part === 'first' ? whole : whole.second
  return method && endpoints.token && client && grant
    ? { method, endpoint: endpoints.token, client, grant, timeoutMs }
    : null
}

type How = { part?: Part; timeoutMs?: number; mayServeOld?: boolean }

/**
 * Refreshes a part of a grant under the lease; `mayServeOld`: the old token goes on where a new one cannot be had yet. Null:
 * somebody else has the lease, or the pause after a failure is not over. Throws ProviderFailure:
 * `revoked` when the grant is lost, `unavailable` when the token has ended and no new one could be had yet, `setup` when
 * this server has no client to ask as.
 */
export async function refreshUnderLease(
  actor: Actor,
  held: Held,
  onLost: OnLost,
  { part = 'first', timeoutMs = TOKEN_TIMEOUT_MS, mayServeOld = true }: How = {},
): Promise<Held | null> {
  const asked = requestFor(held, part, timeoutMs)
  if (!asked && isStillValid(held)) return held
  if (!asked) throw new ProviderFailure('setup', { detail: 'no_client' })
  const lease = await takeLease(actor, held)
  if (!lease) return null
  try {
    return await askAndStore({ actor, held, lease, asked, onLost, part, mayServeOld })
  } finally {
    lease.release()
  }
}
