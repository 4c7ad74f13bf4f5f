import { route } from '#lib/http/route.ts'
import { changeRole } from '#lib/tenancy/change-role.ts'
import { removeMember } from '#lib/tenancy/remove-member.ts'
import { MemberParams, MemberView, RoleChange } from '#lib/tenancy/schema.ts'

export const PATCH = route(
  {
    summary: 'Give a member another role',
    problems: ['last-owner'],
    scope: 'members:write',
    params: MemberParams,
    body: RoleChange,
    answer: MemberView,
  },
  async ({ actor, params, body }) => changeRole(actor, params.member, body.role),
)

export const DELETE = route(
  {
    summary: 'Remove a member; with one’s own id: leave',
    problems: ['last-owner'],
    scope: 'members:write',
    params: MemberParams,
    status: 204,
  },
  async ({ actor, params }) => removeMember(actor, params.member),
)
