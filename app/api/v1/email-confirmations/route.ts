import { route } from '#lib/http/route.ts'
import { resendConfirmation } from '#lib/tenancy/confirm-email.ts'

export const POST = route(
  { summary: 'Send the link that confirms the address once more', scope: null, who: 'person', status: 204 },
  async ({ person }) => resendConfirmation(person),
)
