import type { Proof, Unproven } from '#lib/connections/prove-grant.ts'
import { ownerOf } from '#lib/connections/settle.ts'
import { withOrg } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { openGrant } from '#lib/vault/grant.ts'
import { keptUnder, knownProvider, oauthMethod } from '#lib/vault/reach.ts'
import type { Attempt } from './recognize-arrival.ts'

/**
 * Where a refresh token comes with the first consent of an account alone, a later grant goes on with the one that is kept here;
 * without either it would end within the hour, so it is not kept.
 */
export async function keepRefreshToken(actor: Actor, attempt: Attempt, proof: Proof): Promise<Proof | Unproven> {
  const provider = knownProvider(attempt.provider)
  const method = oauthMethod(provider)
  const { grant, identity } = proof
  if (method?.refresh !== 'keeps' || grant.refreshToken) return proof
  const where = { client: keptUnder(provider, method), accountId: ownerOf(identity), refreshable: true }
  const row = await withOrg(actor, (db) => db.credential.findFirst({ where }))
  const kept = row?.sealed ? await openGrant(row.sealed, row) : null
  if (!kept?.refreshToken) return { kind: 'no_refresh_token' }
  const { refreshToken, refreshExpiresAt } = kept
  return { ...proof, grant: { ...grant, refreshToken, ...(refreshExpiresAt ? { refreshExpiresAt } : {}) } }
}
