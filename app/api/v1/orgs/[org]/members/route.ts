import { route } from '#lib/http/route.ts'
import { listMembers } from '#lib/tenancy/queries.ts'
import { MemberList, OrgParams } from '#lib/tenancy/schema.ts'

export const GET = route(
  { summary: 'Everybody who belongs to the organization', params: OrgParams, answer: MemberList },
  async ({ actor }) => ({ items: await listMembers(actor), nextCursor: null }),
)
