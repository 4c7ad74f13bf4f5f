import { ProviderPatch } from '#lib/connections/config-schema.ts'
import { configure } from '#lib/connections/configure.ts'
import { findProviderView } from '#lib/connections/queries.ts'
import { OrgProviderParams, ProviderView } from '#lib/connections/schema.ts'
import { route } from '#lib/http/route.ts'

export const GET = route(
  {
    summary: 'One provider as the caller sees it',
    scope: 'connections:read',
    params: OrgProviderParams,
    answer: ProviderView,
  },
  ({ actor, params }) => findProviderView(actor, params.provider),
)

export const PATCH = route(
  {
    summary:
      'Turns a provider on or off, or says who may connect it, what is asked for besides and whether it is part of answers',
    problems: ['conflict'],
    scope: 'connections:write',
    params: OrgProviderParams,
    body: ProviderPatch,
    answer: ProviderView,
  },
  ({ actor, params, body }) => configure(actor, params.provider, body),
)
