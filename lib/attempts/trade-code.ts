import { optionConfig } from '#lib/connections/policy.ts'
import { type Unproven, unless } from '#lib/connections/prove-grant.ts'
import { attemptBinding } from '#lib/connections/seal-attempt.ts'
import { exchangeCode } from '#lib/oauth/exchange.ts'
import { withOrg } from '#lib/platform/db.ts'
import { unseal } from '#lib/platform/seal.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Grant, OAuth2 } from '#lib/providers/define-auth.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { reach } from '#lib/vault/reach.ts'
import type { Attempt } from './recognize-arrival.ts'

/** Trades the code for a grant, which begins with what an admin said of the account. No transaction is open. */
export async function tradeCode(
  actor: Actor,
  attempt: Attempt,
  { provider, method, code }: { provider: Provider; method: OAuth2; code: string },
): Promise<Grant | Unproven> {
  const connector = await withOrg(actor, (db) => db.connector.findFirst({ where: { provider: provider.id } }))
  const config = optionConfig(provider, connector)
  const { endpoints, client } = reach(provider, config)
  const verifier = attempt.verifier && (await unseal(attempt.verifier, attemptBinding(attempt, 'verifier')))
  if (!endpoints.token || (method.client && !client) || !verifier) return { kind: 'exchange_refused' }
  const { redirectUri } = attempt
  const grant = await unless(exchangeCode({ method, endpoint: endpoints.token, client, redirectUri, code, verifier }))
  return 'kind' in grant || Object.keys(config).length === 0
    ? grant
    : { ...grant, config: { ...config, ...grant.config } }
}
