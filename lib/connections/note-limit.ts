import { now } from '#lib/platform/clock.ts'
import { Prisma, withOrg } from '#lib/platform/db.ts'
import type { RateLimit } from '#lib/providers/define-api.ts'
import type { Actor } from '#lib/tenancy/actor.ts'

const LIMIT_WRITTEN_EVERY_MS = 10_000
const writtenAt = new Map<string, number>()

/** Keeps the last limit an answer carried, at most every ten seconds a connection. */
export async function noteLimit(actor: Actor, connectionId: string, limit: RateLimit): Promise<void> {
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
      },
    }),
  )
}

/** The provider asked us to wait, whatever its limit says: kept until an answer carries the next limit. */
export async function noteWait(actor: Actor, connectionId: string, until: Date): Promise<void> {
  const waiting = JSON.stringify({ waitUntil: until.toISOString() })
  await withOrg(actor, (db) =>
    db.$executeRaw(Prisma.sql`
      UPDATE "Connection" SET "rateLimit" = coalesce("rateLimit", '{}'::jsonb) || ${waiting}::jsonb
      WHERE "organizationId" = ${actor.organizationId}::uuid AND id = ${connectionId}::uuid AND "credentialId" IS NOT NULL`),
  )
}
