import { withOrg } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { disconnect } from './disconnect.ts'

/**
 * What a member who left had connected for themselves: revoked at the provider and wiped, with every card copy of theirs
 * and what they asked for. Nothing of somebody who came back before it was done.
 */
export async function forgetMember(actor: Actor, userId: string): Promise<void> {
  const own = await withOrg(actor, async (db) => {
    if (await db.membership.findFirst({ where: { userId, leftAt: null } })) return []
    await db.connectionRequest.deleteMany({ where: { userId } })
    await db.cardCopy.updateMany({ where: { userId }, data: { sealed: null } })
    return db.connection.findMany({
      where: { userId, slot: 'user', status: { notIn: ['disconnected'] } },
      select: { id: true },
    })
  })
  const failed: unknown[] = []
  for (const { id } of own) await disconnect(actor, id).catch((error: unknown) => failed.push(error)) // keeps none of the others
  if (failed.length > 0) throw new AggregateError(failed, 'not all connections of a member who left were ended')
}
