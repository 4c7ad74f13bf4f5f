import { route } from '#lib/http/route.ts'
import { revokeToken } from '#lib/tokens/revoke-token.ts'
import { ApiTokenParams } from '#lib/tokens/schema.ts'

export const DELETE = route(
  { summary: 'Revoke an API token at once', scope: null, params: ApiTokenParams, status: 204 },
  ({ actor, params }) => revokeToken(actor, params.token),
)
