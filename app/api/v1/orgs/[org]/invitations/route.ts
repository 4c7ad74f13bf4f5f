import { pageIn } from '#lib/http/page-in.ts'
import { route } from '#lib/http/route.ts'
import { WholeListQuery } from '#lib/platform/schema.ts'
import { invite } from '#lib/tenancy/invite.ts'
import { limits } from '#lib/tenancy/policy.ts'
import { listInvitations } from '#lib/tenancy/queries.ts'
import { InvitationInput, InvitationList, InvitationSent, OrgParams } from '#lib/tenancy/schema.ts'

export const GET = route(
  {
    summary: 'Invitations that nobody has accepted yet',
    scope: 'members:read',
    params: OrgParams,
    query: WholeListQuery,
    answer: InvitationList,
  },
  async ({ actor, query }) => pageIn(await listInvitations(actor), query),
)

export const POST = route(
  {
    summary: 'Invite somebody by mail',
    problems: ['already-exists'],
    scope: 'members:write',
    params: OrgParams,
    body: InvitationInput,
    answer: InvitationSent,
    status: 201,
    limit: limits.invite,
  },
  async ({ actor, person, body }) => invite(actor, person, body),
)
