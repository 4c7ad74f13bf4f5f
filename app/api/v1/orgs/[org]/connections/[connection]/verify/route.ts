import { ConnectionParams, ConnectionView } from '#lib/connections/schema.ts'
import { verify } from '#lib/connections/verify.ts'
import { route } from '#lib/http/route.ts'

export const POST = route(
  {
    summary: 'Asks the provider now how the connection stands',
    problems: ['conflict', 'not-connected', 'provider-unavailable', 'provider-rate-limited'],
    scope: 'connections:write',
    params: ConnectionParams,
    answer: ConnectionView,
    limit: { name: 'verify', count: 30, seconds: 60 },
  },
  ({ actor, params }) => verify(actor, params.connection),
)
