import { exchangeCode } from '#lib/oauth/exchange.ts'
import { TokenRefused } from '#lib/oauth/token-answer.ts'
import { NoAnswer } from '#lib/platform/http.ts'
import { unseal } from '#lib/platform/seal.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Grant, Identity, OAuth2, Provider } from '#lib/providers/define.ts'
import { openApi } from '#lib/vault/open-api.ts'
import { reach } from '#lib/vault/reach.ts'
import type { Attempt } from './recognize-arrival.ts'
import { attemptBinding } from './seal-attempt.ts'

export type Proof = { grant: Grant; identity: Identity }
export type Unproven = { kind: string; code?: string }

/** Where the token answer names no end, the account may. */
const withEnd = (grant: Grant, { expiresAt }: Identity): Grant =>
  grant.expiresAt || !expiresAt ? grant : { ...grant, expiresAt }

/** Trades the code and asks the provider who it is: a grant counts only when it was seen to work. No transaction is open. */
export async function proveGrant(
  attempt: Attempt,
  provider: Provider,
  method: OAuth2,
  code: string,
): Promise<Proof | Unproven> {
  const { endpoints, client } = reach(provider)
  const verifier = attempt.verifier && (await unseal(attempt.verifier, attemptBinding(attempt, 'verifier')))
  if (!endpoints.token || (method.client && !client) || !verifier) return { kind: 'exchange_refused' }
  const { redirectUri } = attempt
  try {
    const grant = await exchangeCode({ method, endpoint: endpoints.token, client, redirectUri, code, verifier })
    const api = openApi({ provider, grant, config: grant.config })
    const identity = await provider.identify(api, grant)
    return { grant: withEnd(grant, identity), identity }
  } catch (error) {
    if (error instanceof TokenRefused) return { kind: 'exchange_refused', code: error.code }
    if (error instanceof NoAnswer) return { kind: 'no_answer' }
    if (error instanceof ProviderFailure)
      return { kind: error.failure === 'unavailable' ? 'no_answer' : 'probe_refused' }
    throw error
  }
}
