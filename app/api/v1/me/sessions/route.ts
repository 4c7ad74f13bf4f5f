import { route } from '#lib/http/route.ts'
import { endSessions } from '#lib/tenancy/change-account.ts'

export const DELETE = route(
  { summary: 'Sign out everywhere, here too', scope: null, who: 'person', status: 204 },
  async ({ person }) => endSessions(person),
)
