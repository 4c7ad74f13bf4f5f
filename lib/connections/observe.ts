import { record } from '#lib/audit/record.ts'
import type { AuditAction } from '#lib/audit/schema.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, Prisma, withOrg } from '#lib/platform/db.ts'
import { enqueue } from '#lib/platform/jobs.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { lockCredential } from '#lib/vault/forget.ts'
import type { GrantName, Held } from '#lib/vault/hold.ts'
import { oauthMethod } from '#lib/vault/reach.ts'
import { isStillValid, type OnLost } from '#lib/vault/refresh.ts'
import type { ReasonDetail } from './explain.ts'
import { mendersOf } from './find-menders.ts'
import { subjectOf } from './name-subject.ts'
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

type Connection = NonNullable<Awaited<ReturnType<Db['connection']['findFirst']>>>
export type Changed = { connection: Connection; next: StoredStatus; since: Date; seen: Observation }

/** The change itself, in the caller's transaction; null where the race was lost or the event changes nothing. */
export async function change(db: Db, connectionId: string, seen: Observation): Promise<Changed | null> {
  if (seen.of && !(await standsOn(db, connectionId, seen.of))) return null
  const connection = await db.connection.findFirst({ where: { id: connectionId } })
  if (!connection) return null
  const status = connection.status as StoredStatus // written by this room only
  // a call that happens to work is no test of what was never tested, nor of what is shut
  if (connection.reasonCode !== 'unavailable' && seen.event === 'call_ok') return null
  const next = nextStatus(status, seen.event, seen.isPastExpiry)
  // why it is an error may turn out to be something else, which other people mend in another way
  const isOtherReason =
    status === 'error' && seen.event === 'setup_missing' && connection.reasonCode !== seen.reasonCode
  if (next === status && !isOtherReason) return null
  const since = now()
  const { count } = await db.connection.updateMany({
    where: { id: connectionId, status, version: connection.version },
    data: {
      status: next,
      reasonCode: next === 'connected' ? null : seen.reasonCode,
      reasonDetail: { ...seen.detail } as Prisma.InputJsonObject, // plain values
      since,
      failures: 0,
      version: { increment: 1 },
      ...(seen.event === 'probe_ok' ? { verifiedAt: since, probedAt: since } : {}),
    },
  })
  return count === 0 ? null : { connection, next, since, seen }
}

/** The audit event of a change and, for a connection that broke, one notice to each person who can mend it. */
export async function tell(db: Db, actor: Actor, { connection, next, since, seen }: Changed): Promise<void> {
  const action = audited[next]
  if (action)
    await record(db, actor, action, subjectOf(connection), {
      provider: connection.provider,
      before: { status: connection.status },
      after: { status: next, reason: seen.reasonCode, ...factsOf(seen.detail) },
    })
  if (next !== 'needs_reauth' && next !== 'expired' && next !== 'error') return
  const { organizationId } = actor
  const notice = { organizationId, connectionId: connection.id, since: since.toISOString() }
  for (const { userId } of await db.membership.findMany({ where: mendersOf(connection), orderBy: { userId: 'asc' } }))
    await enqueue(db, 'connections.notify-broken', { ...notice, userId }, { startAfterSeconds: 1 })
}

/**
 * Lets an event change a connection's status, in the caller's transaction: the change, its audit event and, for a connection
 * that broke, its notices. Losing the race, or an event that changes nothing, does nothing.
 */
export async function observe(db: Db, actor: Actor, connectionId: string, seen: Observation): Promise<boolean> {
  const changed = await change(db, connectionId, seen)
  if (changed) await tell(db, actor, changed)
  return changed !== null
}

/** What the reason line of an event is told from later. */
const factsOf = ({ status, missing }: ReasonDetail = {}) => ({
  ...(typeof status === 'number' ? { providerStatus: status } : {}),
  ...(Array.isArray(missing) ? { missing: missing.map(String) } : {}),
})

/**
 * What was learned of a grant changes every connection that stands on it, in the caller's transaction; `of` is that very grant.
 * All are changed before the first audit event: the end of the audit chain is taken last by everybody, so that nobody waits
 * in a circle.
 */
export async function observeAll(
  db: Db,
  actor: Actor,
  { credentialId, version }: GrantName,
  seen: Omit<Observation, 'of'>,
): Promise<void> {
  const locked = await lockCredential(db, credentialId, credentialId)
  if (locked?.version !== version) return
  const changes: Changed[] = []
  for (const { id } of await db.connection.findMany({ where: { credentialId }, orderBy: { id: 'asc' } })) {
    const changed = await change(db, id, seen)
    if (changed) changes.push(changed)
  }
  for (const changed of changes) await tell(db, actor, changed)
}

/** A refresh was refused for good: every connection on that credential changes state in the same commit. */
export const observeLost: OnLost = async (db, actor, held, why) => {
  if (why === 'second_refused') return loseSecond(db, held)
  const isPastExpiry = why === 'refresh_refused' && !isStillValid(held)
  await observeAll(db, actor, held, { event: 'refresh_refused', reasonCode: why, isPastExpiry })
}

/** The second token opens nothing any more: what was given with it is missing, and the connections are as good as before. */
async function loseSecond(db: Db, { credentialId, provider }: Pick<Held, 'credentialId' | 'provider'>): Promise<void> {
  const lost = (oauthMethod(provider)?.scopes ?? []).flatMap(({ name, second }) => (second ? [name] : []))
  for (const { id, scopesGranted } of await db.connection.findMany({ where: { credentialId }, orderBy: { id: 'asc' } }))
    await db.connection.updateMany({
      where: { id, credentialId },
      data: { scopesGranted: scopesGranted.filter((name) => !lost.includes(name)) },
    })
}

/** The provider refused the second token of this very grant. */
export async function observeSecondRefused(actor: Actor, held: Held): Promise<void> {
  await withOrg(actor, async (db) => {
    if (await standsOn(db, held.connectionId, held)) await loseSecond(db, held)
  })
}

/** An organization at the provider keeps Plugboard out: shown at the connection until the next check. */
export async function noteUnapproved(actor: Actor, { connectionId, credentialId }: Held, name: string): Promise<void> {
  await withOrg(actor, (db) =>
    db.$executeRaw(Prisma.sql`
      UPDATE "Connection"
      SET capabilities = jsonb_set(capabilities, '{unapproved}',
        coalesce(capabilities->'unapproved', '[]'::jsonb) || to_jsonb(${name}::text))
      WHERE "organizationId" = ${actor.organizationId}::uuid AND id = ${connectionId}::uuid
        AND "credentialId" = ${credentialId}::uuid
        AND NOT coalesce(capabilities->'unapproved', '[]'::jsonb) @> to_jsonb(${name}::text)`),
  )
}
