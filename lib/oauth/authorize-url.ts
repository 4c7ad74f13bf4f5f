import type { OAuth2 } from '#lib/providers/define.ts'

export type AuthorizeInput = {
  endpoint: string
  method: OAuth2
  clientId: string
  redirectUri: string
  state: string
  challenge: string
  scopes: readonly string[]
}

/** The address a person is sent to for consent (RFC 6749 section 4.1.1, RFC 7636 section 4.3). */
export function authorizeUrl({ endpoint, method, clientId, redirectUri, state, challenge, scopes }: AuthorizeInput) {
  const url = new URL(endpoint)
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    ...(scopes.length > 0 ? { scope: scopes.join(method.dialect?.scopeSeparator ?? ' ') } : {}),
    ...(method.pkce ? { code_challenge: challenge, code_challenge_method: 'S256' } : {}),
    ...method.dialect?.authorizeParameters,
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}
