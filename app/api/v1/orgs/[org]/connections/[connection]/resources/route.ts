import { ConnectionParams } from '#lib/connections/schema.ts'
import { route } from '#lib/http/route.ts'
import { listContainers } from '#lib/resources/list-containers.ts'
import { listResources } from '#lib/resources/list-resources.ts'
import { ResourceList, ResourceQuery, SwitchesPatch, SwitchList } from '#lib/resources/schema.ts'
import { shareResources } from '#lib/resources/share-resource.ts'

export const GET = route(
  {
    summary: 'Live resources of one kind, read through a connection; or its containers with their switches for boards',
    problems: ['not-on-boards', 'not-connected', 'provider-refused', 'provider-unavailable', 'provider-rate-limited'],
    scope: 'resources:read',
    params: ConnectionParams,
    query: ResourceQuery,
    answer: ResourceList,
  },
  ({ actor, params, query }) =>
    query.switches ? listContainers(actor, params.connection, query) : listResources(actor, params.connection, query),
)

export const PATCH = route(
  {
    summary: 'Allow several containers on boards, or take them off',
    problems: ['not-connected', 'provider-refused', 'provider-unavailable', 'provider-rate-limited'],
    scope: 'connections:write',
    params: ConnectionParams,
    body: SwitchesPatch,
    answer: SwitchList,
  },
  ({ actor, params, body }) => shareResources(actor, params.connection, body),
)
