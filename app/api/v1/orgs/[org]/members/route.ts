import { pageIn } from '#lib/http/page-in.ts'
import { route } from '#lib/http/route.ts'
import { WholeListQuery } from '#lib/platform/schema.ts'
import { listMembers } from '#lib/tenancy/queries.ts'
import { MemberList, OrgParams } from '#lib/tenancy/schema.ts'

export const GET = route(
  {
    summary: 'Everybody who belongs to the organization',
    scope: 'members:read',
    params: OrgParams,
    query: WholeListQuery,
    answer: MemberList,
  },
  async ({ actor, query }) => pageIn(await listMembers(actor), query),
)
