import { z } from 'zod'

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
  'connection.refresh_failed',
  'connection.recovered',
  'connection.verified',
  'scopes.changed',
  'connector.enabled',
  'connector.disabled',
  'connector.reconfigured',
  'member.invited',
  'member.invitation_revoked',
  'member.joined',
  'member.left',
  'member.removed',
  'role.changed',
  'organization.created',
  'policy.changed',
  'export.created',
  'session.ended_everywhere',
])
export type AuditAction = z.infer<typeof AuditAction>

export const AuditEventView = z.object({
  id: z.uuid(),
  sequence: z.number().int(),
  at: z.iso.datetime(),
  actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
  action: z.string(),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() }),
  provider: z.string().nullable(),
  result: z.enum(['ok', 'refused', 'failed']),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  ip: z.string().nullable(),
  requestId: z.string().nullable(),
})
export type AuditEventView = z.infer<typeof AuditEventView>
