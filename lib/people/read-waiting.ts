import type { Db } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { remindedRoles } from './policy.ts'

/** Those who would be reminded of a provider now, inside the caller's transaction: its account is not connected. Never who asks. */
export async function readWaiting(db: Db, actor: Actor, provider: string, only?: string): Promise<string[]> {
  const rows = await db.membership.findMany({
    where: {
      leftAt: null,
      role: { in: [...remindedRoles] },
      AND: [{ userId: { not: actor.userId ?? crypto.randomUUID() } }, only ? { userId: only } : {}],
      connections: { none: { provider, slot: 'user', status: 'connected' } },
    },
    orderBy: { userId: 'asc' },
  })
  return rows.map(({ userId }) => userId)
}
