import { route } from '#lib/http/route.ts'
import { readLeaving } from '#lib/people/queries.ts'
import { LeavingView } from '#lib/people/schema.ts'
import { MemberParams } from '#lib/tenancy/schema.ts'

export const GET = route(
  {
    summary: 'What stands and falls with a member, before they leave',
    scope: 'members:read',
    params: MemberParams,
    answer: LeavingView,
  },
  ({ actor, params }) => readLeaving(actor, params.member),
)
