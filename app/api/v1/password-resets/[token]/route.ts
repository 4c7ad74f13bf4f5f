import { route } from '#lib/http/route.ts'
import { limits } from '#lib/tenancy/policy.ts'
import { resetPassword } from '#lib/tenancy/reset-password.ts'
import { LinkParams, PasswordInput } from '#lib/tenancy/schema.ts'

export const POST = route(
  {
    summary: 'Set a new password by a mailed link; works once and signs out everywhere',
    problems: ['gone'],
    who: 'public',
    params: LinkParams,
    body: PasswordInput,
    status: 204,
    limit: limits.emailLink,
  },
  async ({ params, body, origin }) => resetPassword(params.token, body.password, origin),
)
