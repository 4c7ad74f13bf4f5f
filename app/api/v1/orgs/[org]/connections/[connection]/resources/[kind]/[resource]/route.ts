import { route } from '#lib/http/route.ts'
import { readResource } from '#lib/resources/read-resource.ts'
import { ResourceParams, ResourceView } from '#lib/resources/schema.ts'

export const GET = route(
  { summary: 'One live resource, read through a connection', params: ResourceParams, answer: ResourceView },
  ({ actor, params }) => readResource(actor, params.connection, params),
)
