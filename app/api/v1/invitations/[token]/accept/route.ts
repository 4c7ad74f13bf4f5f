import { route } from '#lib/http/route.ts'
import { limits } from '#lib/tenancy/policy.ts'
import { LinkParams, OrganizationAnswer } from '#lib/tenancy/schema.ts'
import { acceptInvitation } from '#lib/tenancy/take-invitation.ts'

export const POST = route(
  {
    summary: 'Accept the invitation of a mailed link',
    problems: ['gone'],
    scope: null,
    who: 'person',
    params: LinkParams,
    answer: OrganizationAnswer,
    limit: limits.accept,
  },
  async ({ person, params }) => acceptInvitation(person, params.token),
)
