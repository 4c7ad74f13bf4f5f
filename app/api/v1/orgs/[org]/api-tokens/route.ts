import { pageIn } from '#lib/http/page-in.ts'
import { route } from '#lib/http/route.ts'
import { WholeListQuery } from '#lib/platform/schema.ts'
import { OrgParams } from '#lib/tenancy/schema.ts'
import { createToken } from '#lib/tokens/create-token.ts'
import { limits } from '#lib/tokens/policy.ts'
import { listTokens } from '#lib/tokens/queries.ts'
import { ApiTokenInput, ApiTokenList, ApiTokenMade } from '#lib/tokens/schema.ts'

export const GET = route(
  {
    summary: 'The API tokens of the organization that the caller looks after: owners and admins all, others their own',
    scope: null,
    params: OrgParams,
    query: WholeListQuery,
    answer: ApiTokenList,
  },
  async ({ actor, query }) => pageIn(await listTokens(actor), query),
)

export const POST = route(
  {
    summary: 'Make an API token; its value is in this answer and never again',
    problems: ['conflict'],
    scope: null,
    params: OrgParams,
    body: ApiTokenInput,
    answer: ApiTokenMade,
    status: 201,
    limit: limits.make,
  },
  ({ actor, body }) => createToken(actor, body),
)
