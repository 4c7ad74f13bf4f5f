import { now, sleep } from '#lib/platform/clock.ts'
import { env } from '#lib/platform/env.ts'
import { Problem } from '#lib/platform/problem.ts'
import { ProviderFailure, SECOND_TOKEN } from '#lib/providers/api.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { type Held, hold } from './hold.ts'
import { isStillValid, type OnLost, refreshUnderLease } from './refresh.ts'
import { isPartValid, type Part, usable } from './second.ts'

// A token is renewed this long before its end, or halfway through a shorter life.
const EARLY_MS = 15 * 60 * 1000
// Longer than the slowest token call, so that a waiter sees its end.
const WAIT_MS = 45_000

const isDue = (held: Held, part: Part): boolean => {
  const token = part === 'first' ? held.grant : held.grant.second
  const expiresAt = token?.expiresAt
  if (!expiresAt || !canRenew(held, part)) return false
  const life = expiresAt.getTime() - held.issuedAt.getTime()
  return now().getTime() >= expiresAt.getTime() - Math.min(EARLY_MS, life / 2)
}

const canRenew = ({ refreshable, grant }: Held, part: Part): boolean =>
  refreshable && (part === 'first' || grant.second?.refreshToken !== undefined)

const isInBackoff = ({ retryAt }: Held): boolean => retryAt !== null && retryAt > now()

/** `mayServeOld`: whoever waits may go on with the old token while that is valid. */
type Renewal = { actor: Actor; held: Held; onLost: OnLost; mayServeOld: boolean; part: Part }

/** Waits for whoever refreshes now; takes over when they are gone. Everybody ends with the winner's grant. */
async function renewed({ actor, held, onLost, mayServeOld, part }: Renewal): Promise<Held> {
  const deadline = Date.now() + WAIT_MS
  let seen = held
  for (let pause = 10; ; pause = Math.min(pause * 1.4, env().COALESCE_REFRESH === 'on' ? 20 : 1000)) {
    const own = seen.isLeased ? null : await refreshUnderLease(actor, held, onLost, { part, mayServeOld })
    if (own) return own
    seen = await hold(actor, held.connectionId, held.purpose)
    if (seen.version !== held.version) return seen
    if (mayServeOld && isPartValid(seen, part)) return seen
    const isOver = Date.now() > deadline
    if (part === 'second' && (isInBackoff(seen) || isOver)) return seen // the first token reads on
    if (isInBackoff(seen)) throw unavailable(seen)
    if (isOver) throw new ProviderFailure('unavailable', { detail: 'refresh_slow' })
    await sleep(pause * (0.75 + Math.random() / 2))
  }
}

const unavailable = (held: Held) =>
  new ProviderFailure('unavailable', { detail: 'refresh_retrying', ...(held.retryAt ? { retryAt: held.retryAt } : {}) })

/** A refresh that goes on in this process, and for which connection of a grant it was begun. */
type Running = { connectionId: string; fresh: Promise<Held> }
const underWay = new Map<string, Running>()

/**
 * Readers of one process share one refresh. Only a saving: across processes the lease decides. What refused the connection it
 * was begun for refuses no other: that one asks again for itself.
 */
async function coalesced(key: string, connectionId: string, start: () => Promise<Held>): Promise<Held> {
  if (env().COALESCE_REFRESH === 'off') return start()
  const running = underWay.get(key)
  if (running?.connectionId === connectionId) return running.fresh
  if (running)
    return running.fresh.catch((error: unknown) => {
      if (error instanceof Problem) return coalesced(key, connectionId, start)
      throw error
    })
  const fresh = start().finally(() => underWay.delete(key))
  underWay.set(key, { connectionId, fresh })
  return fresh
}

/** What a coalesced refresh found, seen as the connection that asked (two may live on one credential). */
async function renew(renewal: Renewal): Promise<Held> {
  const { held, mayServeOld, part } = renewal
  const key = `${held.credentialId}:${held.version}:${mayServeOld}:${part}`
  const fresh = await coalesced(key, held.connectionId, () => renewed(renewal))
  const { whole, version, issuedAt, sentAt, failures, retryAt, isLeased } = fresh
  return { ...held, whole, grant: usable(held, whole), version, issuedAt, sentAt, failures, retryAt, isLeased }
}

/** Both parts, each renewed by itself when it is about to end. */
async function fresh(actor: Actor, held: Held, onLost: OnLost): Promise<Held> {
  const first = await freshFirst(actor, held, onLost)
  // whoever renewed the first has changed the age that is known, so what was due before counts too
  const isSameSecond = first.grant.second?.token === held.grant.second?.token
  const isSecondDue = isDue(first, 'second') || (isSameSecond && isDue(held, 'second'))
  if (!isSecondDue || isInBackoff(first)) return first
  return renew({ actor, held: first, onLost, mayServeOld: true, part: 'second' })
}

async function freshFirst(actor: Actor, held: Held, onLost: OnLost): Promise<Held> {
  if (!isDue(held, 'first')) return held
  if (isInBackoff(held)) {
    if (isStillValid(held)) return held
    throw unavailable(held)
  }
  return renew({ actor, held, onLost, mayServeOld: true, part: 'first' })
}

/** Which part of the grant the provider no longer takes; null for any other error. */
function refusedPart(error: unknown): Part | null {
  if (!(error instanceof ProviderFailure) || error.failure !== 'expired') return null
  return error.detail === SECOND_TOKEN ? 'second' : 'first'
}

/**
 * After a 401: a grant that somebody has renewed meanwhile, or that can be renewed now; null when there is none. One that may
 * be renewed a little later is not refused: throws ProviderFailure `unavailable`.
 */
async function afterRefusal(actor: Actor, held: Held, onLost: OnLost, part: Part): Promise<Held | null> {
  const seen = await hold(actor, held.connectionId, held.purpose)
  if (seen.version !== held.version) return seen
  if (!canRenew(seen, part) || (part === 'second' && isInBackoff(seen))) return null
  if (isInBackoff(seen)) throw unavailable(seen)
  return renew({ actor, held: seen, onLost, mayServeOld: false, part })
}

/** A second token that cannot be renewed leaves a permission missing; the connection itself is as good as before. */
const asMissing = (error: unknown): unknown =>
  refusedPart(error) === 'second' ? new ProviderFailure('scope', { detail: SECOND_TOKEN, cause: error }) : error

/**
 * Does `work` with a connection's grant, fresh: renewed once by one process when it is about to end, and once more when
 * the provider no longer takes it. `work` may run twice, so it only reads. Throws what `hold` throws, and ProviderFailure.
 */
export async function withGrant<T>(
  actor: Actor,
  connectionId: string,
  work: (held: Held) => Promise<T>,
  onLost: OnLost,
): Promise<T> {
  const held = await fresh(actor, await hold(actor, connectionId), onLost)
  try {
    return await work(held)
  } catch (error) {
    const part = refusedPart(error)
    if (!part) throw error
    const newer = await afterRefusal(actor, held, onLost, part)
    if (!newer) throw asMissing(error)
    return work(newer).catch((again: unknown) => Promise.reject(asMissing(again)))
  }
}
