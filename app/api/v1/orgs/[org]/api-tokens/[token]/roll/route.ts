import { route } from '#lib/http/route.ts'
import { limits } from '#lib/tokens/policy.ts'
import { rollToken } from '#lib/tokens/roll-token.ts'
import { ApiTokenMade, ApiTokenParams, ApiTokenRoll } from '#lib/tokens/schema.ts'

export const POST = route(
  {
    summary: 'Give an API token another value, told in this answer only; the one before works on for the overlap',
    problems: ['conflict'],
    scope: null,
    params: ApiTokenParams,
    body: ApiTokenRoll,
    answer: ApiTokenMade,
    limit: limits.make,
  },
  ({ actor, params, body }) => rollToken(actor, params.token, body),
)
