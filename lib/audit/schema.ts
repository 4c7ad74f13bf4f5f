import { z } from 'zod'
import { PageQuery, pageOf } from '#lib/platform/schema.ts'

/** What can be audited; the domain's own verbs. */
export const AuditAction = z.enum([
  'connection.created',
  'connection.reconnected',
  'connection.denied',
  'connection.failed',
  'connection.cancelled',
  'connection.disconnected',
  'connection.forced',
  'connection.expired',
  'connection.revoked',
  'connection.failing',
  'connection.forbidden',
  'connection.recovered',
  'connection.verified',
  'connection.skipped',
  'key.replaced',
  'key.old_revoked',
  'key.leak_suspected',
  'connector.enabled',
  'connector.disabled',
  'connector.reconfigured',
  'request.created',
  'request.approved',
  'request.declined',
  'reminder.sent',
  'resource.shared',
  'resource.unshared',
  'report.ordered',
  'member.invited',
  'member.invitation_resent',
  'member.invitation_revoked',
  'member.joined',
  'member.left',
  'member.removed',
  'role.changed',
  'organization.created',
  'organization.renamed',
  'policy.changed',
  'password.changed',
  'password.reset',
  'session.ended_everywhere',
  'token.created',
  'token.rolled',
  'token.revoked',
  'token.refused',
  'export.created',
])
export type AuditAction = z.infer<typeof AuditAction>

/** How it ended. */
export const AuditResult = z.enum(['ok', 'refused', 'failed'])

export const AuditEventView = z.object({
  id: z.uuid(),
  sequence: z.number().int(),
  at: z.iso.datetime(),
  actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
  action: z.string(),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() }),
  provider: z.string().nullable(),
  result: AuditResult,
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  ip: z.string().nullable(),
  requestId: z.string().nullable(),
})
export type AuditEventView = z.infer<typeof AuditEventView>

const aMoment = (error: string) =>
  z.iso
    .datetime({ offset: true, error })
    .refine((at) => /^(?:19|2\d)\d\d-/.test(at), { error }) // PostgreSQL knows no year 0
    .optional()

/** What the log is narrowed to; what is given is combined with AND. */
export const AuditFilter = z.object({
  /** The id of the person, or the name of the job. */
  actor: z.string().max(100).optional(),
  /** One or more, with commas between them. */
  action: z
    .string()
    .max(1000)
    .transform((text): string[] => text.split(','))
    .pipe(z.array(AuditAction))
    .optional(),
  provider: z.string().max(40).optional(),
  /** Part of the name of what it was done to. */
  target: z.string().max(100).optional(),
  result: AuditResult.optional(),
  from: aMoment('Write a moment like 2026-11-01T00:00:00Z.'),
  to: aMoment('Write a moment like 2026-11-30T23:59:59Z.'),
})
export type AuditFilter = z.infer<typeof AuditFilter>

export const AuditQuery = PageQuery.extend(AuditFilter.shape).extend({
  /** The number of the event that the page before ended with. */
  cursor: z
    .string()
    .regex(/^\d{1,9}$/, { error: 'Use the nextCursor of the page before.' })
    .optional(),
})
export type AuditQuery = z.infer<typeof AuditQuery>

/** What a spreadsheet gets; `bom` for one that takes UTF-8 for something else without it. */
export const AuditExportQuery = AuditFilter.extend({ bom: z.enum(['true', 'false']).optional() })

export const AuditPage = pageOf(AuditEventView).extend({
  /** How many events match, whatever the page. */
  total: z.number().int(),
})
export type AuditPage = z.infer<typeof AuditPage>

/** Somebody, or something, that has done anything. */
export type AuditActor = { id: string; name: string }

export const AuditChainView = z.object({
  intact: z.boolean(),
  /** How many events were checked. */
  events: z.number().int(),
  /** The first event that does not follow from the one before it. */
  brokenAt: z.number().int().nullable(),
})
export type AuditChainView = z.infer<typeof AuditChainView>
