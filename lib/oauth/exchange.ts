import type { Client, Grant, OAuth2 } from '#lib/providers/define.ts'
import { readTokenAnswer } from './token-answer.ts'
import { postForm } from './token-request.ts'

export type ExchangeInput = {
  method: OAuth2
  endpoint: string
  client: Client
  redirectUri: string
  code: string
  verifier: string | null
}

/** Trades a code for a Grant (RFC 6749 section 4.1.3, RFC 7636 section 4.5). Throws TokenRefused or NoAnswer. */
export async function exchangeCode({
  method,
  endpoint,
  client,
  redirectUri,
  code,
  verifier,
}: ExchangeInput): Promise<Grant> {
  if (method.pkce && !verifier) throw new TypeError('this provider takes no code without its verifier')
  const answer = await postForm({
    endpoint,
    client,
    clientAuth: method.clientAuth,
    parameters: {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      ...(method.pkce && verifier ? { code_verifier: verifier } : {}),
    },
    ...(method.dialect?.tokenHeaders ? { headers: method.dialect.tokenHeaders } : {}),
  })
  return readTokenAnswer(answer, method.dialect)
}
