import type { OAuth2, Scope } from '#lib/providers/define-auth.ts'

export type AuthorizeInput = {
  endpoint: string
  method: OAuth2
  clientId: string | null
  redirectUri: string
  state: string
  challenge: string
  scopes: readonly Scope[]
  /** The account that is connected already, by its id at the provider. */
  account?: string | undefined
}

/** The scope parameters: those of a second token have one of their own, where the provider gives two. */
function scopeParameters({ method, scopes }: AuthorizeInput): Record<string, string> {
  const { scopeSeparator = ' ', secondScopes, scopesOfApp } = method.dialect ?? {}
  if (scopesOfApp) return {}
  const join = (some: readonly Scope[]) => some.map(({ name }) => name).join(scopeSeparator)
  const [first, second] = [scopes.filter((scope) => !scope.second), scopes.filter((scope) => scope.second)]
  return {
    ...(first.length > 0 ? { scope: join(first) } : {}),
    ...(second.length > 0 && secondScopes ? { [secondScopes]: join(second) } : {}),
  }
}

/** The redirect URI, and the state that leads back to the attempt: beside it, or in it where it would not come back. */
function wayBack({ method, redirectUri, state }: AuthorizeInput): Record<string, string> {
  const { redirectParameter = 'redirect_uri', stateInRedirect } = method.dialect ?? {}
  if (!stateInRedirect) return { [redirectParameter]: redirectUri, state }
  const uri = new URL(redirectUri)
  uri.searchParams.set('state', state)
  return { [redirectParameter]: uri.href }
}

/** Names the account to go on with; which one it is to be is still the person's to choose. */
const accountOf = ({ method, account }: AuthorizeInput): Record<string, string> =>
  method.dialect?.accountParameter && account ? { [method.dialect.accountParameter]: account } : {}

/** Who asks, and for what: a code. */
function whoAsks({ method, clientId }: AuthorizeInput): Record<string, string> {
  if (method.dialect?.withoutClient || clientId === null) return {}
  return { ...(method.dialect?.withoutResponseType ? {} : { response_type: 'code' }), client_id: clientId }
}

/** The address a person is sent to for consent (RFC 6749 section 4.1.1, RFC 7636 section 4.3). */
export function authorizeUrl(input: AuthorizeInput): string {
  const { endpoint, method, challenge } = input
  const url = new URL(endpoint)
  const parameters = {
    ...whoAsks(input),
    ...wayBack(input),
    ...scopeParameters(input),
    ...(method.pkce ? { code_challenge: challenge, code_challenge_method: 'S256' } : {}),
    ...accountOf(input),
    ...method.dialect?.authorizeParameters,
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}
