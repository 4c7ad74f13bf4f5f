import { now, sleep } from '#lib/platform/clock.ts'
import { env } from '#lib/platform/env.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { type Held, hold } from './hold.ts'
import { isStillValid, type OnLost, refreshUnderLease } from './refresh.ts'

// A token is renewed this long before its end, or halfway through a shorter life.
const EARLY_MS = 15 * 60 * 1000
// Longer than the slowest token call, so that a waiter sees its end.
const WAIT_MS = 45_000

const isDue = (held: Held): boolean => {
  const { expiresAt } = held.grant
  if (!expiresAt || !held.refreshable) return false
  const life = expiresAt.getTime() - held.issuedAt.getTime()
  return now().getTime() >= expiresAt.getTime() - Math.min(EARLY_MS, life / 2)
}

const isInBackoff = ({ retryAt }: Held): boolean => retryAt !== null && retryAt > now()

/** Waits for whoever refreshes now; takes over when they are gone. Everybody ends with the winner's grant. */
async function renewed(actor: Actor, held: Held, onLost: OnLost, mayServeOld: boolean): Promise<Held> {
  const deadline = Date.now() + WAIT_MS
  let seen = held
  for (let pause = 10; ; pause = Math.min(pause * 1.4, env().COALESCE_REFRESH === 'on' ? 20 : 1000)) {
    const own = seen.isLeased ? null : await refreshUnderLease(actor, held, onLost)
    if (own) return own
    seen = await hold(actor, held.connectionId, held.purpose)
    if (seen.version !== held.version) return seen
    if (mayServeOld && isStillValid(seen)) return seen
    if (isInBackoff(seen)) throw unavailable(seen)
    if (Date.now() > deadline) throw new ProviderFailure('unavailable', { detail: 'refresh_slow' })
    await sleep(pause * (0.75 + Math.random() / 2))
  }
}

const unavailable = (held: Held) =>
  new ProviderFailure('unavailable', { detail: 'refresh_retrying', ...(held.retryAt ? { retryAt: held.retryAt } : {}) })

const underWay = new Map<string, Promise<Held>>()

/** Readers of one process share one refresh. Only a saving: across processes the lease decides. */
function coalesced(key: string, start: () => Promise<Held>): Promise<Held> {
  if (env().COALESCE_REFRESH === 'off') return start()
  const running = underWay.get(key)
  if (running) return running
  const started = start().finally(() => underWay.delete(key))
  underWay.set(key, started)
  return started
}

/** What a coalesced refresh found, seen as the connection that asked (two may live on one credential). */
async function renew(actor: Actor, held: Held, onLost: OnLost, mayServeOld: boolean): Promise<Held> {
  const key = `${held.credentialId}:${held.version}:${mayServeOld}`
  const fresh = await coalesced(key, () => renewed(actor, held, onLost, mayServeOld))
  const { grant, version, issuedAt, sentAt, failures, retryAt, isLeased } = fresh
  return { ...held, grant, version, issuedAt, sentAt, failures, retryAt, isLeased }
}

async function fresh(actor: Actor, held: Held, onLost: OnLost): Promise<Held> {
  if (!isDue(held)) return held
  if (isInBackoff(held)) {
    if (isStillValid(held)) return held
    throw unavailable(held)
  }
  return renew(actor, held, onLost, true)
}

const isRefusal = (error: unknown): boolean => error instanceof ProviderFailure && error.failure === 'expired'

/** After a 401: a grant that somebody has renewed meanwhile, or that can be renewed now; null when there is none. */
async function afterRefusal(actor: Actor, held: Held, onLost: OnLost): Promise<Held | null> {
  const seen = await hold(actor, held.connectionId, held.purpose)
  if (seen.version !== held.version) return seen
  if (!seen.refreshable || isInBackoff(seen)) return null
  return renew(actor, seen, onLost, false)
}

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
    if (!isRefusal(error)) throw error
    const newer = await afterRefusal(actor, held, onLost)
    if (!newer) throw error
    return work(newer)
  }
}
