import { z } from 'zod'
import { route } from '#lib/http/route.ts'
import { limits } from '#lib/tenancy/policy.ts'
import { requestReset } from '#lib/tenancy/reset-password.ts'
import { EmailInput } from '#lib/tenancy/schema.ts'

export const POST = route(
  {
    summary: 'Ask for the link that sets a new password; answers alike for every address',
    who: 'public',
    body: EmailInput,
    answer: z.object({}), // alike for every address
    status: 202,
    limit: limits.resetByAddress,
  },
  async ({ body }) => {
    requestReset(body.email)
    return {}
  },
)
