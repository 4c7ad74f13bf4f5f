import { route } from '#lib/http/route.ts'
import { resendInvitation } from '#lib/tenancy/invite.ts'
import { limits } from '#lib/tenancy/policy.ts'
import { InvitationParams, InvitationSent } from '#lib/tenancy/schema.ts'

export const POST = route(
  {
    summary: 'Send an invitation once more, with a new link and another week',
    scope: 'members:write',
    params: InvitationParams,
    answer: InvitationSent,
    limit: limits.invite,
  },
  async ({ actor, params }) => resendInvitation(actor, params.invitation),
)
