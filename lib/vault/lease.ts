import { randomUUID } from 'node:crypto'
import { now } from '#lib/platform/clock.ts'
import { Prisma, withOrg } from '#lib/platform/db.ts'
import { log } from '#lib/platform/log.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import type { Held } from './hold.ts'

/** Short, and extended while the work goes on: a process that dies frees it within this time. */
const LEASE_SECONDS = 10
const EXTEND_EVERY_MS = 3000

/** `wasLost`: a refresh with this very version was sent before and its answer never arrived. */
export type Lease = { id: string; wasLost: boolean; release: () => void }

/**
 * Takes the right to refresh this version of a credential; null when somebody has it, the version has moved on, or the
 * pause after a failure is not over.
 * The lease lives in PostgreSQL, by its clock, and no transaction is held while it is used. `sentAt` is set before anything
 * is sent, so that a successor can tell that an answer may have been lost.
 */
export async function takeLease(actor: Actor, held: Held): Promise<Lease | null> {
  const id = randomUUID()
  const [taken] = await withOrg(actor, (db) =>
    db.$queryRaw<{ wasSent: boolean }[]>(Prisma.sql`
      WITH before AS (
        SELECT id, "sentAt" FROM "Credential"
        WHERE "organizationId" = ${actor.organizationId}::uuid AND id = ${held.credentialId}::uuid AND version = ${held.version}
          AND sealed IS NOT NULL AND refreshable AND ("leaseUntil" IS NULL OR "leaseUntil" < clock_timestamp())
          AND ("retryAt" IS NULL OR "retryAt" <= ${now()})
        FOR UPDATE SKIP LOCKED)
      UPDATE "Credential" k
      SET "leaseId" = ${id}::uuid, "leaseUntil" = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}), "sentAt" = clock_timestamp()
      FROM before WHERE k.id = before.id
      RETURNING before."sentAt" IS NOT NULL AS "wasSent"`),
  )
  if (!taken) return null
  const timer = setInterval(() => {
    extend(actor, held.credentialId, id).catch((error) => log.warn({ error }, 'a lease could not be extended'))
  }, EXTEND_EVERY_MS)
  timer.unref()
  return { id, wasLost: taken.wasSent, release: () => clearInterval(timer) }
}

const extend = (actor: Actor, credentialId: string, leaseId: string) =>
  withOrg(actor, (db) =>
    db.$executeRaw(Prisma.sql`
      UPDATE "Credential" SET "leaseUntil" = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
      WHERE id = ${credentialId}::uuid AND "leaseId" = ${leaseId}::uuid`),
  )
