import { revokeToken } from '#lib/oauth/revoke.ts'
import { TokenRefused } from '#lib/oauth/token-answer.ts'
import { sleep } from '#lib/platform/clock.ts'
import { withSystem } from '#lib/platform/db.ts'
import { NoAnswer } from '#lib/platform/http.ts'
import { log } from '#lib/platform/log.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import { openApi } from '#lib/vault/open-api.ts'
import { methodOf, reach } from '#lib/vault/reach.ts'

/** `kept`: ending it would have ended other connections too. */
export type Ended = 'revoked' | 'kept' | 'not_offered' | 'not_confirmed'
type Outcome = { ended: Ended; status: number | null }

/** A token at a provider, and the method it came by: one that somebody made and pasted is theirs to end. */
export type Endable = { provider: Provider; method: string; grant: Grant }

/** How long ending a grant may take in all. */
export const END_WITHIN_MS = 10_000
const PAUSE_MS = 500

/**
 * Connections anywhere, besides these, that live on the same account at the provider; ending its whole grant would end them too.
 * Null: the account is not known, and may be any. One that is being disconnected ends as well: of two that leave at once each asks for it, and the second finds it gone.
 */
export async function countSharers(
  provider: Provider,
  accountId: string | null,
  besides: readonly string[],
): Promise<number> {
  return withSystem('shared grant', (db) =>
    db.connection.count({
      where: {
        provider: provider.id,
        ...(accountId === null ? {} : { accountId }),
        id: { notIn: [...besides] },
        credentialId: { not: null },
        status: { notIn: ['disconnected', 'disconnecting'] },
      },
    }),
  )
}

async function ask(
  { provider, grant, ...token }: Endable,
  last: boolean,
  timeoutMs: number,
): Promise<'ended' | 'kept'> {
  const { revoke } = provider.leave
  // a server may end the whole grant with a token of it, and some do (RFC 7009 section 2.1)
  if (revoke === 'rfc7009' && !last) return 'kept'
  const { endpoints, client } = reach(provider, grant.config)
  const method = methodOf(provider, token.method)
  if (typeof revoke === 'function' && client)
    return revoke({ api: openApi({ provider, grant, config: grant.config }, { timeoutMs }), grant, client, last })
  if (revoke === 'rfc7009' && endpoints.revoke && client && method?.type === 'oauth2')
    await revokeToken({
      endpoint: endpoints.revoke,
      client,
      clientAuth: method.clientAuth,
      token: grant.refreshToken ?? grant.token, // the access token may have ended, which would end nothing
      timeoutMs,
    })
  return 'ended'
}

/**
 * Ends a token at the provider, best effort: one retry, ten seconds in all. `last`: nothing else uses the account, so the
 * whole grant may go. A pasted secret is never ended. `deadline` is in epoch milliseconds. Never throws for what the provider says: a wiped token cannot be revoked later anyway.
 */
export async function endGrant(token: Endable, last: boolean, deadline = Date.now() + END_WITHIN_MS): Promise<Outcome> {
  const { provider } = token
  const isConsent = methodOf(provider, token.method)?.type === 'oauth2'
  if (!isConsent || provider.leave.revoke === 'none') return { ended: 'not_offered', status: null }
  for (let attempt = 1; ; attempt++) {
    const timeoutMs = Math.min(END_WITHIN_MS / 2, deadline - Date.now())
    if (timeoutMs <= 0) return { ended: 'not_confirmed', status: null }
    try {
      const said = await ask(token, last, timeoutMs)
      return { ended: said === 'kept' ? 'kept' : 'revoked', status: null }
    } catch (error) {
      if (!(error instanceof ProviderFailure || error instanceof NoAnswer || error instanceof TokenRefused)) throw error
      log.warn({ provider: provider.id, attempt, error }, 'a revocation was not confirmed')
      const status = error instanceof ProviderFailure ? error.status : null
      if (attempt === 2 || Date.now() > deadline - PAUSE_MS) return { ended: 'not_confirmed', status }
      await sleep(PAUSE_MS)
    }
  }
}
