import { ConnectionParams, ConnectionView } from '#lib/connections/schema.ts'
import { skip } from '#lib/connections/skip.ts'
import { route } from '#lib/http/route.ts'

export const POST = route(
  {
    summary: 'Does without a provider that the site has no subscription for',
    problems: ['conflict'],
    scope: 'connections:write',
    params: ConnectionParams,
    answer: ConnectionView,
  },
  ({ actor, params }) => skip(actor, params.connection),
)
