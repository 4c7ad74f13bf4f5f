import { impact } from '#lib/connections/impact.ts'
import { ImpactView } from '#lib/connections/leave-schema.ts'
import { ConnectionParams } from '#lib/connections/schema.ts'
import { route } from '#lib/http/route.ts'

export const GET = route(
  {
    summary: 'What disconnecting would touch',
    scope: 'connections:read',
    params: ConnectionParams,
    answer: ImpactView,
  },
  ({ actor, params }) => impact(actor, params.connection),
)
