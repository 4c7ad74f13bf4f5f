import { listAuditEvents } from '#lib/audit/queries.ts'
import { AuditPage, AuditQuery } from '#lib/audit/schema.ts'
import { route } from '#lib/http/route.ts'
import { OrgParams } from '#lib/tenancy/schema.ts'

export const GET = route(
  {
    summary: 'What was done, newest first',
    scope: 'audit:read',
    params: OrgParams,
    query: AuditQuery,
    answer: AuditPage,
  },
  async ({ actor, query }) => listAuditEvents(actor, query),
)
