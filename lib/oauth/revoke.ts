import { NoAnswer } from '#lib/platform/http.ts'
import type { Client } from '#lib/providers/define.ts'
import type { OAuth2 } from '#lib/providers/define-auth.ts'
import { refusalIn, TokenRefused } from './token-answer.ts'
import { postAsClient } from './token-request.ts'

export type RevokeInput = {
  endpoint: string
  client: Client
  clientAuth: OAuth2['clientAuth']
  token: string
  timeoutMs?: number
}

/**
 * Ends a token at its provider (RFC 7009). A token already dead is a success, also where that is told as an error
 * (developers.google.com/identity/protocols/oauth2/web-server). Throws TokenRefused or NoAnswer.
 */
export async function revokeToken({ token, ...at }: RevokeInput): Promise<void> {
  const answer = await postAsClient({ ...at, parameters: { token } })
  if (answer.status === 200) return
  const refusal = refusalIn(answer)
  if (refusal instanceof TokenRefused && refusal.code === 'invalid_token') return
  throw refusal ?? new NoAnswer('cut')
}
