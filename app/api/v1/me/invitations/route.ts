import { pageIn } from '#lib/http/page-in.ts'
import { route } from '#lib/http/route.ts'
import { WholeListQuery } from '#lib/platform/schema.ts'
import { listOwnInvitations } from '#lib/tenancy/queries.ts'
import { OwnInvitationList } from '#lib/tenancy/schema.ts'

export const GET = route(
  {
    summary: 'Invitations that wait for the signed-in person',
    scope: null,
    who: 'person',
    query: WholeListQuery,
    answer: OwnInvitationList,
  },
  async ({ person, query }) => pageIn(await listOwnInvitations(person), query),
)
