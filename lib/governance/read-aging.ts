import { type Db, Prisma } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'

/** A credential of the organization's, with what its place in the register depends on. */
export type AgingRow = {
  connectionId: string
  credentialId: string
  provider: string
  method: string
  accountLabel: string
  credentialType: string
  endsWith: string | null
  issuedAt: Date
  keptAt: string | null
  suspectedAt: Date | null
  suspectedBy: string | null
  rotationTold: number | null
  rotationDays: number
  ownerId: string | null
  ownerName: string | null
  /** When its owner left; null also for one who came back. */
  ownerLeftAt: Date | null
  creatorLeft: boolean
}

/** Everything the organization itself is connected with now; members' own accounts are theirs. Inside the caller's transaction. */
export const readAging = (db: Db, { organizationId }: Actor): Promise<AgingRow[]> =>
  db.$queryRaw(Prisma.sql`
    SELECT c.id AS "connectionId", k.id AS "credentialId", c.provider, c.method, c."accountLabel", k.type AS "credentialType",
      k."endsWith", k."issuedAt", k."keptAt", k."suspectedAt", s.name AS "suspectedBy", k."rotationTold", o."rotationDays",
      k."createdById" AS "ownerId", u.name AS "ownerName", m."leftAt" AS "ownerLeftAt",
      (k."createdById" IS NOT NULL AND (m."leftAt" IS NOT NULL OR m."userId" IS NULL)) AS "creatorLeft"
    FROM "Connection" c JOIN "Organization" o ON o.id = c."organizationId"
    JOIN "Credential" k ON k."organizationId" = c."organizationId" AND k.id = c."credentialId"
    LEFT JOIN "Membership" m ON m."organizationId" = c."organizationId" AND m."userId" = k."createdById"
    LEFT JOIN "User" u ON u.id = k."createdById"
    LEFT JOIN "User" s ON s.id = k."suspectedById"
    WHERE c."organizationId" = ${organizationId}::uuid AND c.slot = 'organization' AND k.sealed IS NOT NULL
      AND c.status NOT IN ('disconnected', 'disconnecting')
    ORDER BY k."issuedAt", c.id`)
