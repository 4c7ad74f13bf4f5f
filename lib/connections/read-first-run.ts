import { type Db, Prisma } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'

/** What the first steps depend on, read in one statement. */
export type FirstRunFacts = {
  kept: Readonly<Record<string, string | undefined>>
  hasOauth: boolean
  hasKey: boolean
  isConnected: boolean
  hasReference: boolean
  /** Providers with cards on boards, and whether this person's own account is connected there. */
  onBoards: readonly { provider: string; connected: boolean }[]
}

/** Reads the facts behind somebody's first steps, inside the caller's transaction. */
export async function readFirstRunFacts(db: Db, actor: Actor): Promise<FirstRunFacts | null> {
  const org = Prisma.sql`${actor.organizationId}::uuid`
  const me = Prisma.sql`${actor.userId}::uuid`
  const [facts] = await db.$queryRaw<FirstRunFacts[]>(Prisma.sql`
    WITH mine AS (
      SELECT method, status FROM "Connection" WHERE "organizationId" = ${org} AND ("userId" = ${me} OR "createdById" = ${me})
    ), used AS (
      SELECT DISTINCT r.provider FROM "BoardObject" o
      JOIN "Reference" r ON r."organizationId" = o."organizationId" AND r.id = o."referenceId"
      WHERE o."organizationId" = ${org}
    )
    SELECT m."firstRun" AS kept,
      EXISTS (SELECT 1 FROM mine WHERE method = 'oauth2') AS "hasOauth",
      EXISTS (SELECT 1 FROM mine WHERE method IN ('api_key', 'pat', 'api_token')) AS "hasKey",
      EXISTS (SELECT 1 FROM mine WHERE status = 'connected') AS "isConnected",
      EXISTS (SELECT 1 FROM "BoardObject" WHERE "organizationId" = ${org} AND "createdById" = ${me} AND type = 'reference') AS "hasReference",
      COALESCE((SELECT json_agg(json_build_object('provider', u.provider, 'connected', EXISTS (
        SELECT 1 FROM "Connection" c WHERE c."organizationId" = ${org} AND c.provider = u.provider
          AND c."userId" = ${me} AND c.status <> 'disconnected'
      )) ORDER BY u.provider) FROM used u), '[]'::json) AS "onBoards"
    FROM "Membership" m WHERE m."organizationId" = ${org} AND m."userId" = ${me}`)
  return facts ?? null
}
