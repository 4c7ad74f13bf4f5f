import { type Db, type Prisma, withOrg } from '#lib/platform/db.ts'
import { sha256Hex } from '#lib/platform/hmac.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Proven } from '#lib/platform/proof.ts'
import { mayReadAudit, maySeeAddresses } from './policy.ts'
import { chained } from './record.ts'
import {
  type AuditActor,
  type AuditChainView,
  AuditEventView,
  type AuditFilter,
  type AuditPage,
  type AuditQuery,
} from './schema.ts'

type Reader = Proven & { role: string | null }
type Row = Prisma.AuditEventGetPayload<object>

const BATCH = 500

/** Throws `forbidden` with whom to ask, unless this actor may read the log. */
export function allowReading(actor: Reader): void {
  if (!mayReadAudit(actor))
    throw new Problem(
      'forbidden',
      'Only owners, admins and compliance reviewers can read the audit log. Ask one of them.',
    )
}

/** What was done in the organization, newest first; filters are combined with AND. */
export async function listAuditEvents(actor: Reader, query: AuditQuery): Promise<AuditPage> {
  allowReading(actor)
  const { limit, cursor } = query
  const where = matching(query)
  const { rows, total } = await withOrg(actor, async (db) => ({
    rows: await db.auditEvent.findMany({
      where: { AND: [where, cursor ? { sequence: { lt: Number(cursor) } } : {}] },
      orderBy: { sequence: 'desc' },
      take: limit + 1,
    }),
    total: await db.auditEvent.count({ where }),
  }))
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map((row) => toView(row, maySeeAddresses(actor))),
    nextCursor: last ? String(last.sequence) : null,
    total,
  }
}

/** What the log's page offers this reader: whom to choose from, each by the name they had last, and whether addresses are shown. */
export async function readAuditChoices(actor: Reader): Promise<{ actors: AuditActor[]; seesAddresses: boolean }> {
  allowReading(actor)
  const rows = await withOrg(actor, (db) =>
    // a token's events are its maker's, who is called by their own name
    db.auditEvent.groupBy({
      by: ['actorId', 'actorName'],
      where: { actorKind: { not: 'token' } },
      _max: { sequence: true },
    }),
  )
  rows.sort((one, other) => (other._max.sequence ?? 0) - (one._max.sequence ?? 0))
  const named = new Map<string, string>()
  for (const { actorId, actorName } of rows) {
    const id = actorId ?? actorName
    if (!named.has(id)) named.set(id, actorName)
  }
  const actors = [...named].map(([id, name]) => ({ id, name }))
  actors.sort((one, other) => one.name.localeCompare(other.name, 'en'))
  return { actors, seesAddresses: maySeeAddresses(actor) }
}

/** The events that pass a filter. */
export function matching({
  actor,
  action,
  provider,
  target,
  result,
  from,
  to,
}: AuditFilter): Prisma.AuditEventWhereInput {
  return {
    ...(actor ? { OR: [{ actorId: actor }, { actorKind: 'job', actorName: actor }] } : {}),
    ...(action ? { action: { in: action } } : {}),
    ...(provider ? { provider } : {}),
    ...(target ? { subjectName: { contains: target, mode: 'insensitive' } } : {}),
    ...(result ? { result } : {}),
    at: { ...(from ? { gte: new Date(from) } : {}), ...(to ? { lte: new Date(to) } : {}) },
  }
}

/** An event as it is shown, with the address for whoever may see that. */
export function toView(row: Row, withAddress: boolean): AuditEventView {
  return AuditEventView.parse({
    ...row,
    at: row.at.toISOString(),
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    subject: { kind: row.subjectKind, id: row.subjectId, name: row.subjectName },
    ip: withAddress ? row.ip : null,
  })
}

/** Walks the organization's whole chain: a changed, missing or added event breaks it at its place. A batch a transaction. */
export async function verifyAuditChain(actor: Reader): Promise<AuditChainView> {
  allowReading(actor)
  // the head is kept outside the chain: without it the last events could be missed. Later ones wait for the next check.
  const head = await withOrg(actor, (db) => db.auditHead.findFirst())
  const end = { sequence: 0, hash: '' }
  for (;;) {
    const rows = await withOrg(actor, (db) => nextEvents(db, end.sequence, head?.sequence))
    for (const row of rows) {
      if (!head || !follows(row, end)) return { intact: false, events: end.sequence, brokenAt: end.sequence + 1 }
      Object.assign(end, { sequence: row.sequence, hash: row.hash })
    }
    if (rows.length < BATCH) break
  }
  const intact = end.sequence === (head?.sequence ?? 0) && end.hash === (head?.hash ?? '')
  return { intact, events: end.sequence, brokenAt: intact ? null : end.sequence + 1 }
}

/** `last`: up to this one, if the chain has a head. */
const nextEvents = (db: Db, after: number, last: number | undefined): Promise<Row[]> =>
  db.auditEvent.findMany({
    where: { sequence: { gt: after, ...(last ? { lte: last } : {}) } },
    orderBy: { sequence: 'asc' },
    take: BATCH,
  })

const follows = (row: Row, before: { sequence: number; hash: string }): boolean =>
  row.sequence === before.sequence + 1 && row.previousHash === before.hash && row.hash === sha256Hex(chained(row))
