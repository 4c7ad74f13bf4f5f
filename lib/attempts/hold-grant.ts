import { endGrant } from '#lib/connections/end-grant.ts'
import { isLast, sealUndecided, type Undecided } from '#lib/connections/held-proof.ts'
import { withOrg } from '#lib/platform/db.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { knownProvider } from '#lib/vault/reach.ts'
import type { Attempt } from './recognize-arrival.ts'

/** Seals what is known of a grant on the attempt it came by, while that is under way; false when it has ended meanwhile. */
export async function hold(actor: Actor, attempt: Attempt, undecided: Undecided): Promise<boolean> {
  const grant = await sealUndecided(attempt, undecided)
  const { count } = await withOrg(actor, (db) =>
    db.connectAttempt.updateMany({ where: { id: attempt.id, status: 'returned' }, data: { grant } }),
  )
  return count === 1
}

/** A grant is sealed on its attempt from the first moment: whatever breaks from here on, the worker finds it there and ends it. */
export async function holdGrant(actor: Actor, attempt: Attempt, grant: Grant): Promise<boolean> {
  const holding = () => hold(actor, attempt, { grant, sites: [] })
  try {
    return await holding().catch(holding)
  } catch (error) {
    const { id, method } = attempt
    const provider = knownProvider(attempt.provider)
    // where not even that can be asked, somebody may live on the account: its token alone
    const last = await isLast(provider, null, { attempt: id }).catch(() => false)
    await endGrant({ provider, method, grant }, last)
    throw error
  }
}
