import { route } from '#lib/http/route.ts'
import { readResource } from '#lib/resources/read-resource.ts'
import { ResourceParams, ResourceView, SwitchPatch, SwitchView } from '#lib/resources/schema.ts'
import { shareResource } from '#lib/resources/share-resource.ts'

export const GET = route(
  { summary: 'One live resource, read through a connection', params: ResourceParams, answer: ResourceView },
  ({ actor, params }) => readResource(actor, params.connection, params),
)

export const PATCH = route(
  {
    summary: 'Allow one container on boards, or take it off',
    params: ResourceParams,
    body: SwitchPatch,
    answer: SwitchView,
  },
  ({ actor, params, body }) => shareResource(actor, params.connection, params, body.onBoards),
)
