import { readScopes } from '#lib/governance/queries.ts'
import { ScopesView } from '#lib/governance/schema.ts'
import { route } from '#lib/http/route.ts'
import { OrgParams } from '#lib/tenancy/schema.ts'

export const GET = route(
  {
    summary: 'What each connection was asked for and given, and why',
    scope: 'governance:read',
    params: OrgParams,
    answer: ScopesView,
  },
  ({ actor }) => readScopes(actor),
)
