import { route } from '#lib/http/route.ts'
import { confirmEmail } from '#lib/tenancy/confirm-email.ts'
import { limits } from '#lib/tenancy/policy.ts'
import { LinkParams } from '#lib/tenancy/schema.ts'

export const POST = route(
  {
    summary: 'Confirm the address that the link was sent to',
    problems: ['gone'],
    who: 'public',
    params: LinkParams,
    status: 204,
    limit: limits.emailLink,
  },
  async ({ params }) => confirmEmail(params.token),
)
