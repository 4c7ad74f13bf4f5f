import { route } from '#lib/http/route.ts'
import { limits } from '#lib/tenancy/policy.ts'
import { OrganizationAnswer, OwnInvitationParams } from '#lib/tenancy/schema.ts'
import { acceptOwnInvitation } from '#lib/tenancy/take-invitation.ts'

export const POST = route(
  {
    summary: 'Accept an invitation sent to the confirmed address of the signed-in person',
    problems: ['gone'],
    scope: null,
    who: 'person',
    params: OwnInvitationParams,
    answer: OrganizationAnswer,
    limit: limits.accept,
  },
  async ({ person, params }) => acceptOwnInvitation(person, params.invitation),
)
