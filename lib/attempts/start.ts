import { findSlot } from '#lib/connections/find-slot.ts'
import { isVerifiedHere } from '#lib/connections/native.ts'
import { needProvider } from '#lib/connections/need-provider.ts'
import { optionConfig } from '#lib/connections/policy.ts'
import { attemptBinding } from '#lib/connections/seal-attempt.ts'
import { newAttemptValues } from '#lib/oauth/attempt-values.ts'
import { authorizeUrl } from '#lib/oauth/authorize-url.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import { sha256 } from '#lib/platform/hmac.ts'
import { fieldProblem, Problem } from '#lib/platform/problem.ts'
import { spend } from '#lib/platform/rate-limit.ts'
import { seal } from '#lib/platform/seal.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { OAuth2 } from '#lib/providers/define-auth.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { clientName, oauthMethod, reach, redirectUri, sharersOf } from '#lib/vault/reach.ts'
import { findElsewhere, gatherScopes } from './gather-scopes.ts'
import type { StartConnect } from './schema.ts'

/** How long an attempt can be redeemed. */
const ATTEMPT_MS = 10 * 60 * 1000

export type Start = StartConnect & {
  /** Made by the page that starts, so that it can poll before the form arrives. */
  attempt: string
  /** `form`: a browser is on its way; `api`: nobody is, until the provider calls back. */
  via: 'form' | 'api'
  /** The secret of the browser that started; the callback has to come from it. */
  browser: string | null
}
export type Started = { attempt: string; authorizeUrl: string }

type Found = { provider: Provider; method: OAuth2; also: Provider[] }

async function findOauth(actor: Actor, db: Db, input: Start): Promise<Found> {
  const { provider } = await findSlot(actor, db, input)
  const method = oauthMethod(provider)
  if (!method || (input.method && input.method !== method.type) || isVerifiedHere(actor, provider, input.slot))
    throw fieldProblem('method', `${provider.name} cannot be connected this way.`)
  const also: Provider[] = []
  for (const id of new Set(input.also)) {
    const sharer = sharersOf(provider).find((other) => other.id === id && other !== provider)
    if (!sharer) throw fieldProblem('also', `${provider.name} shares its account with none of that name.`)
    const found = await findSlot(actor, db, { provider: id, slot: input.slot })
    if (isVerifiedHere(actor, sharer, input.slot))
      throw fieldProblem('also', `Access to ${sharer.name} is verified in native mode, not connected.`)
    also.push(found.provider)
  }
  return { provider, method, also }
}

/** The connection this attempt would repair: the named one, or the one that stands in the slot. */
async function findExisting(actor: Actor, db: Db, input: Start) {
  const slotKey = input.slot === 'user' ? (actor.userId ?? '') : 'organization'
  const existing = await db.connection.findFirst({ where: { provider: input.provider, slotKey } })
  if (input.connection && input.connection !== existing?.id) throw new Problem('not-found')
  return existing
}

/**
 * Opens an attempt and says where to send the browser. State, verifier and browser are kept as hashes or sealed.
 * Parallel attempts do not disturb each other. Throws `forbidden`, `not-found`, `not-available`, `already-exists`.
 */
export async function startConnect(actor: Actor, input: Start): Promise<Started> {
  const { userId } = actor
  if (!userId) throw new Problem('forbidden', 'Only a person can connect an account.')
  await spend({ name: 'connect', count: 30, seconds: 600 }, userId)
  const { state, verifier, challenge } = newAttemptValues()
  const { organizationId } = actor
  const sealedVerifier = await seal(verifier, attemptBinding({ organizationId, id: input.attempt }, 'verifier'))
  const elsewhere = await findElsewhere(actor, needProvider(input.provider))
  return withOrg(actor, async (db) => {
    const { provider, method, also } = await findOauth(actor, db, input)
    const connector = await db.connector.findFirst({ where: { provider: provider.id } })
    const { endpoints, client } = reach(provider, optionConfig(provider, connector))
    if ((method.client && !client) || !endpoints.authorize)
      throw new Problem('not-available', `${provider.name} is not set up on this server.`)
    const existing = await findExisting(actor, db, input)
    const scopes = await gatherScopes(db, actor, { wanted: [provider, ...also], slot: input.slot, elsewhere })
    const uri = redirectUri(provider)
    // the id may be taken in another organization, where this one does not see it
    const { count } = await db.connectAttempt.createMany({
      skipDuplicates: true,
      data: {
        id: input.attempt,
        organizationId,
        userId,
        provider: provider.id,
        client: clientName(provider),
        slot: input.slot,
        method: method.type,
        connectionId: existing?.id ?? null,
        also: also.map(({ id }) => id),
        status: input.via === 'form' ? 'opened' : 'none',
        stateHash: sha256(state),
        verifier: sealedVerifier,
        scopes: scopes.map(({ name }) => name),
        redirectUri: uri,
        browserHash: input.browser ? sha256(input.browser) : null,
        sessionId: actor.sessionId,
        createdAt: now(),
        expiresAt: new Date(now().getTime() + ATTEMPT_MS),
      },
    })
    if (count === 0) throw new Problem('already-exists', 'This attempt was started before. Connect again.')
    const url = authorizeUrl({
      endpoint: endpoints.authorize,
      method,
      clientId: client?.id ?? null,
      redirectUri: uri,
      state,
      challenge,
      scopes,
      account: existing?.status === 'disconnected' ? undefined : existing?.accountId,
    })
    return { attempt: input.attempt, authorizeUrl: url }
  })
}
