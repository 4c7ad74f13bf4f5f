import { route } from '#lib/http/route.ts'
import { limits } from '#lib/tenancy/policy.ts'
import { resetPassword } from '#lib/tenancy/reset-password.ts'
import { LinkParams, PasswordInput, ResetAnswer } from '#lib/tenancy/schema.ts'
import { countOwnTokens } from '#lib/tokens/queries.ts'

export const POST = route(
  {
    summary:
      'Set a new password by a mailed link; works once and signs out everywhere. API tokens go on, and are counted',
    problems: ['gone'],
    who: 'public',
    params: LinkParams,
    body: PasswordInput,
    answer: ResetAnswer,
    limit: limits.emailLink,
  },
  async ({ params, body, origin }) => ({
    apiTokens: await countOwnTokens(await resetPassword(params.token, body.password, origin)),
  }),
)
