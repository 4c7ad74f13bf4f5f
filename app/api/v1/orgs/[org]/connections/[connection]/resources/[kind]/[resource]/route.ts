import { route } from '#lib/http/route.ts'
import { readResource } from '#lib/resources/read-resource.ts'
import { ResourceParams, ResourceView, SwitchPatch, SwitchView } from '#lib/resources/schema.ts'
import { shareResource } from '#lib/resources/share-resource.ts'

export const GET = route(
  {
    summary: 'One live resource, read through a connection',
    problems: ['not-on-boards', 'not-connected', 'provider-refused', 'provider-unavailable', 'provider-rate-limited'],
    scope: 'resources:read',
    params: ResourceParams,
    answer: ResourceView,
  },
  ({ actor, params }) => readResource(actor, params.connection, params),
)

export const PATCH = route(
  {
    summary: 'Allow one container on boards, or take it off',
    problems: ['not-connected', 'provider-refused', 'provider-unavailable', 'provider-rate-limited'],
    scope: 'connections:write',
    params: ResourceParams,
    body: SwitchPatch,
    answer: SwitchView,
  },
  ({ actor, params, body }) => shareResource(actor, params.connection, params, body.onBoards),
)
