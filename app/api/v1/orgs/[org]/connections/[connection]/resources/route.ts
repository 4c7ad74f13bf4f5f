import { ConnectionParams } from '#lib/connections/schema.ts'
import { route } from '#lib/http/route.ts'
import { listResources } from '#lib/resources/list-resources.ts'
import { ResourceList, ResourceQuery } from '#lib/resources/schema.ts'

export const GET = route(
  {
    summary: 'Live resources of one kind, read through a connection',
    params: ConnectionParams,
    query: ResourceQuery,
    answer: ResourceList,
  },
  ({ actor, params, query }) => listResources(actor, params.connection, query),
)
