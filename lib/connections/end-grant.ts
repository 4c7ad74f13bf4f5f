import { revokeToken } from '#lib/oauth/revoke.ts'
import { TokenRefused } from '#lib/oauth/token-answer.ts'
import { sleep } from '#lib/platform/clock.ts'
import { withSystem } from '#lib/platform/db.ts'
import { NoAnswer } from '#lib/platform/http.ts'
import { log } from '#lib/platform/log.ts'
import { createApi, ProviderFailure } from '#lib/providers/api.ts'
import type { Grant, Provider } from '#lib/providers/define.ts'
import { oauthMethod, reach } from '#lib/vault/reach.ts'

export type Ended = 'revoked' | 'not_offered' | 'not_confirmed'
type Outcome = { ended: Ended; status: number | null }

const ALL_MS = 10_000
const PAUSE_MS = 500

/** Connections anywhere, besides these, that live on the same account at the provider; ending its whole grant would end them too. */
export async function countSharers(provider: Provider, accountId: string, besides: readonly string[]): Promise<number> {
  return withSystem('shared grant', (db) =>
    db.connection.count({
      where: {
        provider: provider.id,
        accountId,
        id: { notIn: [...besides] },
        credentialId: { not: null },
        status: { notIn: ['disconnected'] },
      },
    }),
  )
}

async function ask(provider: Provider, grant: Grant, last: boolean): Promise<void> {
  const { endpoints, client } = reach(provider, grant.config)
  const method = oauthMethod(provider)
  const { revoke } = provider.leave
  if (typeof revoke === 'function' && client)
    return revoke({
      api: createApi({ provider, grant, base: endpoints.api, timeoutMs: ALL_MS / 2 }),
      grant,
      client,
      last,
    })
  if (revoke === 'rfc7009' && endpoints.revoke && client && method)
    return revokeToken({ endpoint: endpoints.revoke, client, clientAuth: method.clientAuth, token: grant.token })
}

/**
 * Ends a token at the provider, best effort: one retry, ten seconds in all. `last`: nothing else uses the account, so the
 * whole grant may go. Never throws for what the provider says: a wiped token cannot be revoked later anyway.
 */
export async function endGrant(provider: Provider, grant: Grant, last: boolean): Promise<Outcome> {
  if (provider.leave.revoke === 'none') return { ended: 'not_offered', status: null }
  const deadline = Date.now() + ALL_MS
  for (let attempt = 1; ; attempt++) {
    try {
      await ask(provider, grant, last)
      return { ended: 'revoked', status: null }
    } catch (error) {
      if (!(error instanceof ProviderFailure || error instanceof NoAnswer || error instanceof TokenRefused)) throw error
      log.warn({ provider: provider.id, attempt, error }, 'a revocation was not confirmed')
      const status = error instanceof ProviderFailure ? error.status : null
      if (attempt === 2 || Date.now() > deadline - PAUSE_MS) return { ended: 'not_confirmed', status }
      await sleep(PAUSE_MS)
    }
  }
}
