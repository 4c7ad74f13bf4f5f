import type { Db, Prisma } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { may } from '#lib/tenancy/policy.ts'
import type { ActivityQuery } from './activity-schema.ts'
import { type ActivityRow, problemActions } from './describe-activity.ts'

/** Whose events somebody may read here: everybody's, or what they did themselves and what befell their own connection. */
async function sightOf(db: Db, actor: Actor, provider: string): Promise<Prisma.AuditEventWhereInput> {
  if (may(actor, 'activity.see')) return {}
  const { userId } = actor
  const own = await db.connection.findMany({ where: { provider, userId }, select: { id: true } })
  return { OR: [{ actorId: userId }, { subjectId: { in: own.map(({ id }) => id) } }] }
}

/** With the members' connections that the rows are about, which the audit log does not name. */
async function withMembers<Row extends Omit<ActivityRow, 'member'>>(db: Db, rows: readonly Row[]) {
  const ids = rows.flatMap(({ subjectKind, subjectId }) => (subjectKind === 'connection' && subjectId) || [])
  const connections = await db.connection.findMany({ where: { id: { in: ids }, slot: 'user' } })
  return rows.map((row) => ({ ...row, member: connections.find(({ id }) => id === row.subjectId) ?? null }))
}

/** A page of what happened at a provider, newest first, inside the caller's transaction. */
export async function readActivity(
  db: Db,
  actor: Actor,
  provider: string,
  { level, cursor, limit }: ActivityQuery,
): Promise<{ rows: ActivityRow[]; nextCursor: string | null }> {
  const actions = [...problemActions]
  const ofLevel = level === 'problem' ? { action: { in: actions } } : level ? { action: { notIn: actions } } : {}
  const after = cursor ? { sequence: { lt: Number(cursor) } } : {}
  const found = await db.auditEvent.findMany({
    where: { AND: [{ provider }, ofLevel, after, await sightOf(db, actor, provider)] },
    orderBy: { sequence: 'desc' },
    take: limit + 1,
  })
  const rows = await withMembers(db, found.slice(0, limit))
  return { rows, nextCursor: found.length > limit ? String(rows.at(-1)?.sequence) : null }
}
