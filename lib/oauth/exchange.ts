import type { Answered } from '#lib/platform/http.ts'
import type { Client } from '#lib/providers/define.ts'
import type { Grant, OAuth2 } from '#lib/providers/define-auth.ts'
import { readTokenAnswer } from './token-answer.ts'
import { postAsClient, postJson } from './token-request.ts'

export type ExchangeInput = {
  method: OAuth2
  endpoint: string
  client: Client | null
  redirectUri: string
  code: string
  verifier: string | null
}

/** Where nobody is registered: the verifier alone proves that the code is ours. */
function askWithoutClient({ endpoint, code, verifier }: ExchangeInput): Promise<Answered> {
  if (!verifier) throw new TypeError('a code without a client needs its verifier')
  return postJson({ endpoint, body: { code, code_verifier: verifier, code_challenge_method: 'S256' } })
}

function askAsClient({ method, endpoint, client, redirectUri, code, verifier }: ExchangeInput): Promise<Answered> {
  if (!client) throw new TypeError('this provider takes no code without a client')
  return postAsClient({
    endpoint,
    client,
    clientAuth: method.clientAuth,
    parameters: {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      ...(method.pkce && verifier ? { code_verifier: verifier } : {}),
    },
    dialect: method.dialect,
  })
}

/** Trades a code for a Grant (RFC 6749 section 4.1.3, RFC 7636 section 4.5). Throws TokenRefused or NoAnswer. */
export async function exchangeCode(input: ExchangeInput): Promise<Grant> {
  const { method, verifier } = input
  if (method.pkce && !verifier) throw new TypeError('this provider takes no code without its verifier')
  const answer = await (method.dialect?.withoutClient ? askWithoutClient : askAsClient)(input)
  return readTokenAnswer(answer, method.dialect)
}
