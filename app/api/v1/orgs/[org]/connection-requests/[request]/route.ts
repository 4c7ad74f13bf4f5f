import { decideRequest } from '#lib/connections/decide-request.ts'
import { RequestDecision, RequestParams, RequestView } from '#lib/connections/request-schema.ts'
import { route } from '#lib/http/route.ts'

export const PATCH = route(
  {
    summary: 'Approves or declines what a member asked for',
    problems: ['conflict'],
    scope: 'connections:write',
    params: RequestParams,
    body: RequestDecision,
    answer: RequestView,
  },
  ({ actor, params, body }) => decideRequest(actor, params.request, body),
)
