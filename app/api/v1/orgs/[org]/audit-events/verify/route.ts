import { verifyAuditChain } from '#lib/audit/queries.ts'
import { AuditChainView } from '#lib/audit/schema.ts'
import { route } from '#lib/http/route.ts'
import { OrgParams } from '#lib/tenancy/schema.ts'

export const GET = route(
  { summary: 'Whether the audit log is whole', scope: 'audit:read', params: OrgParams, answer: AuditChainView },
  async ({ actor }) => verifyAuditChain(actor),
)
