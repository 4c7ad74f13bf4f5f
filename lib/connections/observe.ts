import { record } from '#lib/audit/record.ts'
import type { AuditAction } from '#lib/audit/schema.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, type Prisma, withOrg } from '#lib/platform/db.ts'
import { enqueue } from '#lib/platform/jobs.ts'
import type { RateLimit } from '#lib/providers/define.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { lockCredential } from '#lib/vault/forget.ts'
import type { GrantName } from '#lib/vault/hold.ts'
import { isStillValid, type OnLost } from '#lib/vault/refresh.ts'
import type { ReasonDetail } from './explain.ts'
import { type Event, nextStatus, type StoredStatus } from './status.ts'

export type Observation = {
  event: Event
  reasonCode: string | null
  detail?: ReasonDetail
  isPastExpiry?: boolean
  /** The grant it was seen with; of another it says nothing. */
  of?: GrantName
}

const audited: Partial<Record<StoredStatus, AuditAction>> = {
  needs_reauth: 'connection.revoked',
  expired: 'connection.expired',
  error: 'connection.failing',
  no_access: 'connection.forbidden',
  connected: 'connection.recovered',
}

/** Whether a connection stands on this very grant, which then stays so until the caller's commit. */
export async function standsOn(db: Db, id: string, { credentialId, version }: GrantName): Promise<boolean> {
  const locked = await lockCredential(db, credentialId, id)
  return locked?.version === version && (await db.connection.count({ where: { id, credentialId } })) === 1
}

/**
 * Lets an event change a connection's status, in the caller's transaction: the change, its audit event and, for a connection
 * that broke, one notice. Losing the race, or an event that changes nothing, does nothing.
 */
export async function observe(db: Db, actor: Actor, connectionId: string, seen: Observation): Promise<boolean> {
  if (seen.of && !(await standsOn(db, connectionId, seen.of))) return false
  const connection = await db.connection.findFirst({ where: { id: connectionId } })
  if (!connection) return false
  const status = connection.status as StoredStatus // written by this room only
  const next = nextStatus(status, seen.event, seen.isPastExpiry)
  if (next === status) return false
  const detail = { ...seen.detail } as Prisma.InputJsonObject // plain values
  const { count } = await db.connection.updateMany({
    where: { id: connectionId, status, version: connection.version },
    data: {
      status: next,
      reasonCode: next === 'connected' ? null : seen.reasonCode,
      reasonDetail: detail,
      since: now(),
      failures: 0,
      version: { increment: 1 },
      ...(seen.event === 'probe_ok' ? { verifiedAt: now(), probedAt: now() } : {}),
    },
  })
  if (count === 0) return false
  const action = audited[next]
  if (action)
    await record(db, actor, action, subjectOf(connection), {
      provider: connection.provider,
      before: { status },
      after: { status: next, reason: seen.reasonCode, ...factsOf(seen.detail) },
    })
  if (next === 'needs_reauth' || next === 'expired' || next === 'error')
    await enqueue(
      db,
      'connections.notify-broken',
      { organizationId: actor.organizationId, connectionId, since: now().toISOString() },
      { startAfterSeconds: 1 },
    )
  return true
}

/** What the reason line of an event is told from later. */
const factsOf = ({ status, missing }: ReasonDetail = {}) => ({
  ...(typeof status === 'number' ? { providerStatus: status } : {}),
  ...(Array.isArray(missing) ? { missing: missing.map(String) } : {}),
})

/** A connection as the audit log names it. */
export const subjectOf = (connection: { id: string; provider: string; slot: string; accountLabel: string }) => ({
  kind: 'connection',
  id: connection.id,
  name: `${connection.provider} ${connection.slot === 'organization' ? 'for the organization' : 'account'} ${connection.accountLabel}`,
})

/** A refresh was refused for good: every connection on that credential changes state in the same commit. */
export const observeLost: OnLost = async (db, actor, held, why) => {
  const sharers = await db.connection.findMany({ where: { credentialId: held.credentialId }, select: { id: true } })
  for (const { id } of sharers)
    await observe(db, actor, id, {
      event: 'refresh_refused',
      reasonCode: why,
      isPastExpiry: why === 'refresh_refused' && !isStillValid(held),
    })
}

const LIMIT_WRITTEN_EVERY_MS = 10_000
const writtenAt = new Map<string, number>()

/** Keeps the last limit an answer carried, at most every ten seconds a connection. */
export async function observeLimit(actor: Actor, connectionId: string, limit: RateLimit): Promise<void> {
  const last = writtenAt.get(connectionId) ?? 0
  if (Date.now() - last < LIMIT_WRITTEN_EVERY_MS && limit.remaining > 0) return
  writtenAt.set(connectionId, Date.now())
  if (writtenAt.size > 10_000) writtenAt.clear()
  await withOrg(actor, (db) =>
    db.connection.updateMany({
      where: { id: connectionId, credentialId: { not: null } },
      data: {
        rateLimit: { limit: limit.limit, remaining: limit.remaining, resetsAt: limit.resetsAt.toISOString() },
        rateLimitAt: now(),
        lastUsedAt: now(),
      },
    }),
  )
}
