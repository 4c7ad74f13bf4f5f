import { endGrant } from '#lib/connections/end-grant.ts'
import { sealUndecided } from '#lib/connections/held-proof.ts'
import { withOrg } from '#lib/platform/db.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { knownProvider } from '#lib/vault/reach.ts'
import type { Attempt } from './recognize-arrival.ts'

/** A grant is sealed on its attempt from the first moment: whatever breaks from here on, the worker finds it there and ends it. */
export async function holdGrant(actor: Actor, attempt: Attempt, grant: Grant): Promise<void> {
  const { id, provider, method } = attempt
  try {
    const sealed = await sealUndecided(attempt, { grant, sites: [] })
    await withOrg(actor, (db) =>
      db.connectAttempt.updateMany({ where: { id, status: 'returned' }, data: { grant: sealed } }),
    )
  } catch (error) {
    // who else lives on the account cannot be asked now, so its token alone
    await endGrant({ provider: knownProvider(provider), method, grant }, false)
    throw error
  }
}
