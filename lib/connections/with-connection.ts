import { withOrg } from '#lib/platform/db.ts'
import { log } from '#lib/platform/log.ts'
import { ProviderFailure, SECOND_TOKEN, TOO_LATE } from '#lib/providers/api.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Api, RateLimit } from '#lib/providers/define-api.ts'
import type { Slot } from '#lib/providers/define-auth.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { type GrantName, type Held, hold, Unreadable } from '#lib/vault/hold.ts'
import { openApi } from '#lib/vault/open-api.ts'
import { isStillValid } from '#lib/vault/refresh.ts'
import { withGrant } from '#lib/vault/with-grant.ts'
import { noteLimit, noteWait } from './note-limit.ts'
import { noteUse } from './note-use.ts'
import { noteUnapproved, observe, observeAll, observeLost, observeSecondRefused } from './observe.ts'
import { optionsOf } from './policy.ts'
import { probeSoon } from './probe-soon.ts'

export type Used = {
  id: string
  provider: Provider
  slot: Slot
  accountId: string
  accountLabel: string
  /** What an admin switched on besides, by the ids of the provider's options. */
  options: ReadonlySet<string>
  /** The grant that is used, by name. */
  of: GrantName
}

const FAILURES_TO_ERROR = 3

/** What answers told besides what was asked. */
type Told = {
  /** The account's main limit. */
  limits: RateLimit[]
  /** Until when to wait, where they said so. */
  waits: Date[]
  /** The organizations that keep us out. */
  closed: Set<string>
  /** Something has to be set up there. */
  isShort: boolean
  /** The second token opens nothing any more. */
  hasLostSecond: boolean
  /** The provider answered, if only that something is not there: what is known from before, or asked of nobody, proves nothing. */
  isAnswered: boolean
}

/** The provider's API as one held connection, and what its answers tell. */
export function apiOf(held: Held): { api: Api; told: Told } {
  const told: Told = {
    limits: [],
    waits: [],
    closed: new Set(),
    isShort: false,
    hasLostSecond: false,
    isAnswered: false,
  }
  let last: RateLimit | null = null
  const api = openApi(held, {
    onLimit: (limit) => {
      last = limit
      if (!limit.resource) told.limits.push(limit)
    },
    onAnswer: () => {
      told.isAnswered = true
    },
    onFailure: ({ organization, failure, detail, retryAt }) => {
      // an answer's limit is told right before its failure: a side budget's wait holds for that alone
      if (failure === 'rate_limited' && retryAt && !last?.resource) told.waits.push(retryAt)
      if (failure === 'setup') told.isShort = true
      if (failure !== 'unavailable' && failure !== 'rate_limited') told.isAnswered = true
      if (organization) told.closed.add(organization)
      if (failure === 'scope' && detail === SECOND_TOKEN) told.hasLostSecond = true
    },
  })
  return { api, told }
}

async function noteTold(actor: Actor, held: Held, { limits, waits, closed, hasLostSecond }: Told): Promise<void> {
  const limit = limits.at(-1)
  if (limit) await noteLimit(actor, held.connectionId, limit)
  const until = waits.at(-1)
  if (until) await noteWait(actor, held.connectionId, until)
  for (const name of closed) await noteUnapproved(actor, held, name)
  if (hasLostSecond) await observeSecondRefused(actor, held)
}

/**
 * Refused twice running, here and by the probe right after: the token is dead, not the one call. Answers whether it is. Throws
 * Unreadable.
 */
export async function judgeRefusal(actor: Actor, connectionId: string): Promise<boolean> {
  const held = await hold(actor, connectionId)
  const refusal = await refusalOf(held)
  if (!refusal) return false
  await withOrg(actor, (db) =>
    observeAll(db, actor, held, {
      event: 'token_refused',
      reasonCode: isStillValid(held) ? 'token_refused' : 'expired',
      isPastExpiry: !isStillValid(held),
      detail: refusal.status ? { status: refusal.status } : {},
    }),
  )
  return true
}

/** How the probe was refused; null where the token was taken, or nobody can tell. */
async function refusalOf(held: Held): Promise<ProviderFailure | null> {
  try {
    await held.provider.identify(apiOf(held).api, held.grant)
    return null
  } catch (error) {
    const isRefused = error instanceof ProviderFailure && (error.failure === 'expired' || error.failure === 'revoked')
    return isRefused ? error : null
  }
}

/** Three failures in a row that are nobody's credential turn the connection to `error`. */
async function countFailure(actor: Actor, connectionId: string, failure: ProviderFailure): Promise<void> {
  await withOrg(actor, async (db) => {
    const { count } = await db.connection.updateMany({
      where: { id: connectionId, failures: { gte: FAILURES_TO_ERROR - 1 }, status: 'connected' },
      data: { failures: { increment: 1 } },
    })
    if (count === 0)
      await db.connection.updateMany({ where: { id: connectionId }, data: { failures: { increment: 1 } } })
    else
      await observe(db, actor, connectionId, {
        event: 'failures_reached',
        reasonCode: 'unavailable',
        detail: failure.status ? { status: failure.status } : {},
      })
  })
}

async function afterSuccess(actor: Actor, held: Held): Promise<void> {
  if (held.status !== 'error' && held.connectionFailures === 0) return
  await withOrg(actor, async (db) => {
    if (held.status === 'error') await observe(db, actor, held.connectionId, { event: 'call_ok', reasonCode: null })
    else await db.connection.updateMany({ where: { id: held.connectionId }, data: { failures: 0 } })
  })
}

async function afterFailure(actor: Actor, connectionId: string, error: ProviderFailure): Promise<void> {
  if (error.detail === 'refresh_retrying' || error.detail === TOO_LATE) return
  if (error.failure === 'unavailable') return countFailure(actor, connectionId, error)
  // without a status it is the vault's word, which was noted where it was given
  const isRefusal = error.failure === 'expired' || (error.failure === 'revoked' && error.status !== null)
  if (isRefusal) await judgeRefusal(actor, connectionId)
}

/**
 * Does `work` with a provider's API as this connection; what the provider says of the connection changes its status.
 * `work` may run twice, so it only reads. `isCheck`: only whether it works, which is no use of it. Throws ProviderFailure, Problem `not-found` or `not-connected`.
 */
export async function withConnection<T>(
  actor: Actor,
  connectionId: string,
  work: (api: Api, used: Used) => Promise<T>,
  { isCheck = false }: { isCheck?: boolean } = {},
): Promise<T> {
  const run = async (held: Held) => {
    const { api, told } = apiOf(held)
    const { provider, slot, accountId, accountLabel, credentialId, version } = held
    const used = {
      id: connectionId,
      provider,
      slot,
      accountId,
      accountLabel,
      options: optionsOf(held),
      of: { credentialId, version },
    }
    try {
      const result = await work(api, used)
      if (told.isAnswered) await afterSuccess(actor, held)
      if (told.isAnswered && !isCheck) await noteUse(actor, connectionId)
      return result
    } finally {
      await noteTold(actor, held, told)
      if (told.isShort && !isCheck) await probeSoon(actor, connectionId)
    }
  }
  try {
    return await withGrant(actor, connectionId, run, observeLost)
  } catch (error) {
    if (error instanceof Unreadable) {
      await noteUnreadable(actor, error)
      throw new ProviderFailure('revoked', { detail: 'unreadable' })
    }
    if (error instanceof ProviderFailure)
      await afterFailure(actor, connectionId, error).catch((fault) =>
        log.error({ error: fault }, 'a failure could not be noted'),
      )
    throw error
  }
}

/** A grant that does not open fails closed: nothing is overwritten, the connection asks to be connected again. */
export async function noteUnreadable(actor: Actor, { of }: Unreadable): Promise<void> {
  await withOrg(actor, (db) => observeAll(db, actor, of, { event: 'token_refused', reasonCode: 'unreadable' }))
}
