import { csvRow } from '#lib/platform/csv.ts'
import { type Prisma, withOrg } from '#lib/platform/db.ts'
import type { Proven } from '#lib/platform/proof.ts'
import { maySeeAddresses } from './policy.ts'
import { allowReading, matching, toView } from './queries.ts'
import { type Author, record } from './record.ts'
import type { AuditEventView, AuditFilter } from './schema.ts'

type Exporter = Proven & Author & { role: string | null }

const BATCH = 500

const jsonOf = (facts: AuditEventView['before']): string | null => (facts ? JSON.stringify(facts) : null)

const columns: readonly (readonly [name: string, of: (event: AuditEventView) => string | null])[] = [
  ['time', ({ at }) => at],
  ['actor', ({ actor }) => actor.name],
  ['actor_kind', ({ actor }) => actor.kind],
  ['action', ({ action }) => action],
  ['provider', ({ provider }) => provider],
  ['target', ({ subject }) => subject.name],
  ['target_kind', ({ subject }) => subject.kind],
  ['target_id', ({ subject }) => subject.id],
  ['result', ({ result }) => result],
  ['before', ({ before }) => jsonOf(before)],
  ['after', ({ after }) => jsonOf(after)],
  ['address', ({ ip }) => ip],
  ['request', ({ requestId }) => requestId],
  ['event', ({ sequence }) => String(sequence)], // what a check of the chain names
]

/**
 * The events that pass a filter as CSV (RFC 4180), newest first, times in UTC, a batch a transaction. That somebody took
 * them out is an event itself, written before the first line leaves; it is not among the lines.
 */
export async function exportEvents(actor: Exporter, filter: AuditFilter): Promise<AsyncIterable<string>> {
  allowReading(actor)
  const where = matching(filter)
  const until = await withOrg(actor, async (db) => {
    const rows = await db.auditEvent.count({ where })
    const head = await db.auditHead.findFirst({ select: { sequence: true } })
    const subject = { kind: 'audit_log', id: actor.organizationId, name: 'Audit log' }
    await record(db, actor, 'export.created', subject, { after: { rows, ...told(filter) } })
    return head?.sequence ?? 0
  })
  return lines(actor, { AND: [where, { sequence: { lte: until } }] })
}

/** What was asked for, as the event of the export keeps it. */
const told = (filter: AuditFilter): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )

async function* lines(actor: Exporter, where: Prisma.AuditEventWhereInput): AsyncGenerator<string> {
  yield csvRow(columns.map(([name]) => name))
  let before: number | undefined
  for (;;) {
    const rows = await withOrg(actor, (db) =>
      db.auditEvent.findMany({
        where: { AND: [where, before === undefined ? {} : { sequence: { lt: before } }] },
        orderBy: { sequence: 'desc' },
        take: BATCH,
      }),
    )
    const events = rows.map((row) => toView(row, maySeeAddresses(actor)))
    yield events.map((event) => csvRow(columns.map(([, of]) => of(event)))).join('')
    before = rows.at(-1)?.sequence
    if (rows.length < BATCH) return
  }
}
