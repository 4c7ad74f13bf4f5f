import { z } from 'zod'
import { disconnect } from '#lib/connections/disconnect.ts'
import { findConnection } from '#lib/connections/queries.ts'
import { ConnectionParams, ConnectionView, DisconnectedView } from '#lib/connections/schema.ts'
import { route } from '#lib/http/route.ts'

export const GET = route(
  { summary: 'One connection', params: ConnectionParams, answer: ConnectionView },
  ({ actor, params }) => findConnection(actor, params.connection),
)

export const DELETE = route(
  {
    summary: 'Disconnects; with force=true the provider is not asked',
    params: ConnectionParams,
    query: z.object({ force: z.stringbool().optional() }),
    answer: DisconnectedView,
  },
  ({ actor, params, query }) => disconnect(actor, params.connection, query.force),
)
