import { route } from '#lib/http/route.ts'
import { revokeInvitation } from '#lib/tenancy/invite.ts'
import { InvitationParams } from '#lib/tenancy/schema.ts'

export const DELETE = route(
  { summary: 'Withdraw an invitation', scope: 'members:write', params: InvitationParams, status: 204 },
  async ({ actor, params }) => revokeInvitation(actor, params.invitation),
)
