import { now } from '#lib/platform/clock.ts'
import { Prisma, withOrg } from '#lib/platform/db.ts'
import type { RateLimit } from '#lib/providers/define-api.ts'
import type { Actor } from '#lib/tenancy/actor.ts'

const LIMIT_WRITTEN_EVERY_MS = 10_000
/** How much of the limit what is shown may be off. */
const MOST_OFF = 0.04
type Written = { at: number; remaining: number }
const written = new Map<string, Written>()

const isNews = ({ limit, remaining }: RateLimit, last: Written | undefined): boolean =>
  !last ||
  remaining <= 0 ||
  Date.now() - last.at >= LIMIT_WRITTEN_EVERY_MS ||
  Math.abs(remaining - last.remaining) > limit * MOST_OFF

/** Keeps the last limit an answer carried: at most every ten seconds a connection, unless by then it would be told wrong. */
export async function noteLimit(actor: Actor, connectionId: string, limit: RateLimit): Promise<void> {
  if (!isNews(limit, written.get(connectionId))) return
  if (written.size > 10_000) written.clear()
  written.set(connectionId, { at: Date.now(), remaining: limit.remaining })
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
