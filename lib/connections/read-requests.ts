import { type Db, Prisma } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { may } from '#lib/tenancy/policy.ts'
import type { OwnRequestView, RequestView, WaitingRequestView } from './request-schema.ts'

export type RequestRow = {
  id: string
  provider: string
  userId: string
  who: string
  reason: string | null
  status: RequestView['status']
  note: string | null
  decidedBy: string | null
  decidedAt: Date | null
  createdAt: Date
}

/** How many requests of the past are listed. */
const LISTED = 500

const select = (actor: Actor, where: Prisma.Sql) => Prisma.sql`
  SELECT r.id, r.provider, r."userId", u.name AS who, r.reason, r.status, r.note, d.name AS "decidedBy", r."decidedAt", r."createdAt"
  FROM "ConnectionRequest" r
  JOIN "Membership" m ON m."organizationId" = r."organizationId" AND m."userId" = r."userId" AND m."leftAt" IS NULL
  JOIN "User" u ON u.id = r."userId"
  LEFT JOIN "User" d ON d.id = r."decidedById"
  WHERE r."organizationId" = ${actor.organizationId}::uuid AND ${where}
  ORDER BY r."createdAt" DESC, r.id DESC LIMIT ${LISTED}`

const own = (actor: Actor) => Prisma.sql`r."userId" = ${actor.userId}::uuid`

/** A request as JSON of PostgreSQL has it: its moments are text. */
export type RequestJson = Omit<RequestRow, 'createdAt' | 'decidedAt'> & { createdAt: string; decidedAt: string | null }

/**
 * Part of a statement: what a page of integrations shows, newest first. Those that wait, to whoever decides; to anybody else
 * what they asked for.
 */
export function requestsAsJson(actor: Actor): Prisma.Sql {
  const shown = select(actor, may(actor, 'connection.manage') ? Prisma.sql`r.status = 'open'` : own(actor))
  return Prisma.sql`(SELECT coalesce(json_agg(q), '[]'::json) FROM (${shown}) q)`
}

/** A request out of that part. */
export const readRequestJson = ({ createdAt, decidedAt, ...row }: RequestJson): RequestRow => ({
  ...row,
  createdAt: new Date(createdAt),
  decidedAt: decidedAt === null ? null : new Date(decidedAt),
})

/** Every request the caller may read, newest first: all for whoever decides, their own for anybody else. */
export const readAllRequests = (db: Db, actor: Actor): Promise<RequestRow[]> =>
  db.$queryRaw<RequestRow[]>(select(actor, may(actor, 'connection.manage') ? Prisma.sql`true` : own(actor)))

/** One request, inside the caller's transaction; null where there is none, or its person has left. */
export async function readRequest(db: Db, actor: Actor, id: string): Promise<RequestRow | null> {
  const [row] = await db.$queryRaw<RequestRow[]>(select(actor, Prisma.sql`r.id = ${id}::uuid`))
  return row ?? null
}

/** A request as the person who made it reads it. */
export const describeOwnRequest = (row: RequestRow): OwnRequestView => ({
  id: row.id,
  at: row.createdAt.toISOString(),
  status: row.status,
  note: row.note,
  decidedBy: row.decidedBy,
  decidedAt: row.decidedAt?.toISOString() ?? null,
})

/** A request as whoever decides reads it. */
export const describeWaiting = ({ id, who, reason, createdAt }: RequestRow): WaitingRequestView => ({
  id,
  who,
  reason,
  at: createdAt.toISOString(),
})

/** A request with who made it and why. */
export const describeRequest = (row: RequestRow): RequestView => ({
  ...describeOwnRequest(row),
  provider: row.provider,
  person: { id: row.userId, name: row.who },
  reason: row.reason,
})
