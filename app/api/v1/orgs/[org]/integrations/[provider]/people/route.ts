import { OrgProviderParams } from '#lib/connections/schema.ts'
import { route } from '#lib/http/route.ts'
import { readPeople } from '#lib/people/queries.ts'
import { PeopleView } from '#lib/people/schema.ts'

export const GET = route(
  {
    summary: 'How the members’ own accounts at a provider stand',
    scope: 'connections:read',
    params: OrgProviderParams,
    answer: PeopleView,
  },
  ({ actor, params }) => readPeople(actor, params.provider),
)
