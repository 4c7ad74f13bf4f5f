import { ConnectionParams } from '#lib/connections/schema.ts'
import { suspectLeak } from '#lib/governance/suspect-leak.ts'
import { route } from '#lib/http/route.ts'

export const POST = route(
  {
    summary: 'Notes that others may know the secret of a connection: it is to be replaced now',
    problems: ['conflict'],
    scope: 'connections:write',
    params: ConnectionParams,
    status: 204,
  },
  ({ actor, params }) => suspectLeak(actor, params.connection),
)
