import { route } from '#lib/http/route.ts'
import { limits } from '#lib/tenancy/policy.ts'
import { SignUpAnswer, SignUpInput } from '#lib/tenancy/schema.ts'
import { signUp } from '#lib/tenancy/sign-up.ts'

export const POST = route(
  {
    summary: 'Make an account, with an organization of its own or through an invitation',
    problems: ['already-exists', 'gone'],
    who: 'public',
    body: SignUpInput,
    answer: SignUpAnswer,
    status: 201,
    limit: limits.signUp,
  },
  async ({ body, origin }) => {
    const { userId, organization } = await signUp(body, origin)
    return { user: { id: userId }, organization }
  },
)
