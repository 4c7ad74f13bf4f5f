import { z } from 'zod'
import { disconnect } from '#lib/connections/disconnect.ts'
import { DisconnectedView, LeaveLine } from '#lib/connections/leave-schema.ts'
import { findConnection } from '#lib/connections/queries.ts'
import { ConnectionParams, ConnectionView } from '#lib/connections/schema.ts'
import { tellDisconnect } from '#lib/connections/tell-disconnect.ts'
import { jsonLines, wantsLines } from '#lib/http/json-lines.ts'
import { route } from '#lib/http/route.ts'

export const GET = route(
  { summary: 'One connection', scope: 'connections:read', params: ConnectionParams, answer: ConnectionView },
  ({ actor, params }) => findConnection(actor, params.connection),
)

export const DELETE = route(
  {
    summary: 'Disconnects; with force=true the provider is not asked. As NDJSON a line a step as it ends',
    problems: ['conflict', 'not-connected'],
    scope: 'connections:write',
    params: ConnectionParams,
    query: z.object({ force: z.stringbool().optional() }),
    answer: DisconnectedView,
    lines: LeaveLine,
  },
  async ({ actor, params, query, request, origin }) => {
    const { connection: id } = params
    if (!wantsLines(request)) return disconnect(actor, id, query.force)
    return jsonLines(origin.requestId, await tellDisconnect(actor, id, query.force === true))
  },
)
