import { now } from '#lib/platform/clock.ts'
import type { Db } from '#lib/platform/db.ts'
import { sha256Hex } from '#lib/platform/hmac.ts'
import type { AuditAction } from './schema.ts'

/** Who an event names: an Actor, or a person where no organization has been entered yet. */
export type Author = {
  organizationId: string
  kind: 'user' | 'token' | 'job' | 'webhook'
  userId: string | null
  name: string
  /** The name of the API token they came with. */
  token?: string
  origin: { ip: string | null; requestId: string }
}
type Details = Record<string, string | number | boolean | null | readonly string[]>
export type Subject = { kind: string; id: string; name?: string | null }
export type Entry = {
  provider?: string
  result?: 'ok' | 'refused' | 'failed'
  before?: Details
  after?: Details
}

/** The text whose hash chains an event to the one before it: every field that is shown, in a fixed order. */
export const chained = (event: Record<string, unknown>): string =>
  JSON.stringify(
    [
      'organizationId',
      'sequence',
      'at',
      'actorKind',
      'actorId',
      'actorName',
      'action',
      'subjectKind',
      'subjectId',
      'subjectName',
      'provider',
      'result',
      'before',
      'after',
      'ip',
      'requestId',
      'previousHash',
    ].map((name) => sorted(event[name] ?? null)),
  )

function sorted(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value) || value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * Writes an audit event inside the caller's transaction: no event, no change. `before` and `after` hold facts, never a secret.
 * The organization's chain is locked until the transaction ends, so events of one organization are in order.
 */
export async function record(
  db: Db,
  actor: Author,
  action: AuditAction,
  subject: Subject,
  entry: Entry = {},
): Promise<void> {
  const { organizationId } = actor
  const [head] = await db.$queryRaw<{ sequence: number; hash: string }[]>`
    INSERT INTO "AuditHead" ("organizationId", sequence, hash) VALUES (${organizationId}::uuid, 1, '')
    ON CONFLICT ("organizationId") DO UPDATE SET sequence = "AuditHead".sequence + 1
    RETURNING sequence, hash`
  if (!head) throw new Error('the audit chain has no end')
  const event = {
    sequence: head.sequence,
    at: now(),
    actorKind: actor.kind,
    actorId: actor.userId,
    actorName: actor.token === undefined ? actor.name : `${actor.name} (token ${actor.token})`,
    action,
    subjectKind: subject.kind,
    subjectId: subject.id,
    subjectName: subject.name ?? null,
    provider: entry.provider ?? null,
    result: entry.result ?? 'ok',
    before: entry.before ? { ...entry.before } : undefined,
    after: entry.after ? { ...entry.after } : undefined,
    ip: actor.origin.ip,
    requestId: actor.origin.requestId,
    previousHash: head.hash,
  }
  const hash = sha256Hex(chained({ organizationId, ...event }))
  await db.auditEvent.create({ data: { organizationId, ...event, hash } })
  await db.auditHead.update({ where: { organizationId }, data: { hash } })
}
