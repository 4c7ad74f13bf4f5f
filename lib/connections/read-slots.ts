import { now } from '#lib/platform/clock.ts'
import { type Db, Prisma } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { type RequestJson, type RequestRow, readRequestJson, requestsAsJson } from './read-requests.ts'
import type { AttemptRow, ConnectionRow } from './surroundings.ts'

type ConnectorRow = {
  provider: string
  enabled: boolean
  whoMayConnect: string | null
  options: unknown
  inAnswers: boolean
  disabledBy: string | null
}
type CoverageRow = { provider: string | null; connected: number; members: number; requests: RequestJson[] }
/** Where an organization stands at all providers, as one caller may know it. */
export type Slots = {
  connectors: Map<string, ConnectorRow>
  connections: ConnectionRow[]
  attempts: AttemptRow[]
  coverage: CoverageRow[]
  requests: RequestRow[]
}

const LIVE_ATTEMPTS = ['opened', 'returned']
/** The waiting badge is drawn for four minutes at most, as long as the page polls. */
const WAITING_MS = 240_000

/** A statement: connections with what their badges depend on. */
export const selectConnections = (where: Prisma.Sql) => Prisma.sql`
  SELECT c.*, k.type AS "credentialType", k."endsWith", k."issuedAt", k."expiresAt", k.refreshable, k.failures AS "credentialFailures", k."suspectedAt", o."rotationDays",
    u.name AS "creatorName", (m."leftAt" IS NOT NULL OR m."userId" IS NULL) AS "creatorLeft"
  FROM "Connection" c JOIN "Organization" o ON o.id = c."organizationId"
  LEFT JOIN "Credential" k ON k."organizationId" = c."organizationId" AND k.id = c."credentialId"
  LEFT JOIN "Membership" m ON m."organizationId" = c."organizationId" AND m."userId" = c."createdById"
  LEFT JOIN "User" u ON u.id = c."createdById"
  WHERE ${where}`

/** Four statements, whatever the number of connections: connectors, the caller's and the organization's connections, attempts, coverage with requests. */
export async function readSlots(db: Db, actor: Actor): Promise<Slots> {
  const org = Prisma.sql`${actor.organizationId}::uuid`
  const connectors = await db.$queryRaw<ConnectorRow[]>(Prisma.sql`
    SELECT c.provider, c.enabled, c."whoMayConnect", c.options, c."inAnswers", u.name AS "disabledBy"
    FROM "Connector" c LEFT JOIN "User" u ON u.id = c."disabledById" WHERE c."organizationId" = ${org}`)
  const connections = await db.$queryRaw<ConnectionRow[]>(
    selectConnections(
      Prisma.sql`c."organizationId" = ${org} AND c."slotKey" IN ('organization', ${actor.userId ?? ''})`,
    ),
  )
  const attempts = await db.$queryRaw<AttemptRow[]>(Prisma.sql`
    SELECT DISTINCT ON (a.provider, a.slot) a.id, a.provider, a.slot, a."userId", a."createdAt", a."expiresAt", u.name AS starter
    FROM "ConnectAttempt" a JOIN "User" u ON u.id = a."userId"
    WHERE a."organizationId" = ${org} AND a.status IN (${Prisma.join(LIVE_ATTEMPTS)})
      AND a."createdAt" > ${new Date(now().getTime() - WAITING_MS)}
      AND (a.slot = 'organization' OR a."userId" = ${actor.userId}::uuid)
    ORDER BY a.provider, a.slot, (a."userId" = ${actor.userId}::uuid) DESC, a."createdAt" DESC`)
  const coverage = await db.$queryRaw<CoverageRow[]>(Prisma.sql`
    SELECT c.provider, count(*) FILTER (WHERE c.status = 'connected' AND m."leftAt" IS NULL)::int AS connected,
      (SELECT count(*)::int FROM "Membership" WHERE "organizationId" = ${org} AND "leftAt" IS NULL) AS members,
      ${requestsAsJson(actor)} AS requests
    FROM (SELECT ${org} AS id) o
    LEFT JOIN "Connection" c ON c."organizationId" = o.id AND c.slot = 'user'
    LEFT JOIN "Membership" m ON m."organizationId" = c."organizationId" AND m."userId" = c."userId"
    GROUP BY c.provider`)
  const requests = (coverage[0]?.requests ?? []).map(readRequestJson)
  return {
    connectors: new Map(connectors.map((row) => [row.provider, row])),
    connections,
    attempts,
    coverage,
    requests,
  }
}
