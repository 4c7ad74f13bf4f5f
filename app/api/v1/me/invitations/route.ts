import { route } from '#lib/http/route.ts'
import { listOwnInvitations } from '#lib/tenancy/queries.ts'
import { OwnInvitationList } from '#lib/tenancy/schema.ts'

export const GET = route(
  { summary: 'Invitations that wait for the signed-in person', who: 'person', answer: OwnInvitationList },
  async ({ person }) => ({ items: await listOwnInvitations(person), nextCursor: null }),
)
