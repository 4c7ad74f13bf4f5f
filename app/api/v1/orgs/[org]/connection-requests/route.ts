import { listRequests } from '#lib/connections/list-requests.ts'
import { requestConnection } from '#lib/connections/request-connection.ts'
import { NewRequest, RequestList, RequestView } from '#lib/connections/request-schema.ts'
import { pageIn } from '#lib/http/page-in.ts'
import { route } from '#lib/http/route.ts'
import { WholeListQuery } from '#lib/platform/schema.ts'
import { OrgParams } from '#lib/tenancy/schema.ts'

export const GET = route(
  {
    summary: 'What members asked to have connected: everything for owners and admins, else what the caller asked for',
    scope: 'connections:read',
    params: OrgParams,
    query: WholeListQuery,
    answer: RequestList,
  },
  async ({ actor, query }) => pageIn(await listRequests(actor), query),
)

export const POST = route(
  {
    summary: 'Asks the owners and admins to connect a provider; asking again answers with the request that is open',
    problems: ['conflict', 'not-available'],
    scope: 'connections:write',
    params: OrgParams,
    body: NewRequest,
    answer: RequestView,
    limit: { name: 'request-connection', count: 30, seconds: 3600 },
  },
  ({ actor, body }) => requestConnection(actor, body),
)
