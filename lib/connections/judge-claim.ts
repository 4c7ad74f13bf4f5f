import type { Db } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { mayConnect, whoMayConnect } from './policy.ts'

export type Refusal = 'disabled' | 'not_allowed'
/** What somebody is about to connect. */
export type Claim = { provider: string; userId: string; slot: string }

/**
 * Why an attempt may not become a connection, by what is so now and not when it was started; null when it may. Whoever changes
 * a role, or who may connect, waits until the caller's transaction has ended.
 */
export async function judgeClaim(db: Db, { organizationId }: Actor, attempt: Claim): Promise<Refusal | null> {
  // a statement of its own: what it waited for is seen by those after it (lib/tenancy/change-role.ts locks the same row)
  const [organization] = await db.$queryRaw<{ whoMayConnect: string }[]>`
    SELECT "whoMayConnect" FROM "Organization" WHERE id = ${organizationId}::uuid FOR SHARE`
  const connector = await db.connector.findFirst({ where: { provider: attempt.provider } })
  if (connector && !connector.enabled) return 'disabled'
  const member = await db.membership.findFirst({ where: { userId: attempt.userId, leftAt: null } })
  const asking = { kind: 'user', userId: attempt.userId, role: member?.role ?? null } as const
  const slot = attempt.slot === 'user' ? 'user' : 'organization'
  return organization && mayConnect(asking, slot, whoMayConnect(organization, connector)) ? null : 'not_allowed'
}
