import type { Client } from '#lib/providers/define.ts'
import type { Grant, OAuth2 } from '#lib/providers/define-auth.ts'
import { readTokenAnswer, TokenRefused } from './token-answer.ts'
import { postAsClient } from './token-request.ts'

export type RefreshInput = { method: OAuth2; endpoint: string; client: Client; grant: Grant; timeoutMs?: number }

/**
 * Renews a Grant (RFC 6749 section 6). What the answer leaves out stays: the refresh token and its end, the scopes,
 * the config, the second token. Throws TokenRefused (`no_refresh_token` is ours) or NoAnswer.
 */
export async function refreshGrant({ method, endpoint, client, grant, timeoutMs }: RefreshInput): Promise<Grant> {
  if (!grant.refreshToken) throw new TokenRefused('no_refresh_token', true)
  const answer = await postAsClient({
    endpoint,
    client,
    clientAuth: method.clientAuth,
    parameters: { grant_type: 'refresh_token', refresh_token: grant.refreshToken },
    dialect: method.dialect,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
  return renewed(grant, readTokenAnswer(answer, method.dialect))
}

function renewed(old: Grant, fresh: Grant): Grant {
  // The end of the old access token, and of a replaced refresh token, says nothing about the new one.
  const { expiresAt: _ended, refreshExpiresAt, ...kept } = old
  const keepsRefreshToken = fresh.refreshToken === undefined || fresh.refreshToken === old.refreshToken
  return {
    ...kept,
    ...(keepsRefreshToken && refreshExpiresAt ? { refreshExpiresAt } : {}),
    ...fresh,
    // Some answer a refresh with an empty scope, which RFC 6749 has no meaning for.
    ...(old.scopes && !fresh.scopes?.length ? { scopes: old.scopes } : {}),
  }
}
