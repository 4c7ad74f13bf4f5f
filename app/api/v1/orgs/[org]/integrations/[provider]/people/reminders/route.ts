import { OrgProviderParams } from '#lib/connections/schema.ts'
import { route } from '#lib/http/route.ts'
import { remind } from '#lib/people/remind.ts'
import { RemindedView } from '#lib/people/schema.ts'

export const POST = route(
  {
    summary: 'Ask those who have not connected their own account to do so, once a day',
    problems: ['conflict'],
    scope: 'connections:write',
    params: OrgProviderParams,
    answer: RemindedView,
  },
  ({ actor, params }) => remind(actor, params.provider),
)
