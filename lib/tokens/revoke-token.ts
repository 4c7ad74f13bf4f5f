import { record } from '#lib/audit/record.ts'
import { now } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { findToken } from './queries.ts'

/** Ends a token at once, its value before the last roll too. Whoever sees it may: its maker, owners and admins. */
export async function revokeToken(actor: Actor, tokenId: string): Promise<void> {
  await withOrg(actor, async (db) => {
    const { id, name } = await findToken(db, actor, tokenId)
    const { count } = await db.apiToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now() } })
    if (count === 0) throw new Problem('not-found')
    await record(db, actor, 'token.revoked', { kind: 'api_token', id, name })
  })
}
