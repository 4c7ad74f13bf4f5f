import { ActivityList, ActivityQuery } from '#lib/connections/activity-schema.ts'
import { listActivity } from '#lib/connections/queries.ts'
import { OrgProviderParams } from '#lib/connections/schema.ts'
import { route } from '#lib/http/route.ts'

export const GET = route(
  {
    summary: 'What happened at a provider, newest first',
    scope: 'audit:read',
    params: OrgProviderParams,
    query: ActivityQuery,
    answer: ActivityList,
  },
  ({ actor, params, query }) => listActivity(actor, params.provider, query),
)
