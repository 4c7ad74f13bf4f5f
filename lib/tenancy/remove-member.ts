import { record } from '#lib/audit/record.ts'
import { now } from '#lib/platform/clock.ts'
import { withOrg, withSystem } from '#lib/platform/db.ts'
import { enqueue } from '#lib/platform/jobs.ts'
import type { Actor } from './actor.ts'
import { assertAnotherOwner, lockMembers } from './change-role.ts'
import { allow, allowRole } from './policy.ts'
import { findMember } from './queries.ts'

/**
 * Removes a member, or lets somebody leave by themselves. What they made stays and keeps its author; their own
 * connections are forgotten by a job, and their API tokens are revoked. Whoever is removed by another is also signed out.
 */
export async function removeMember(actor: Actor, userId: string): Promise<void> {
  const isOwn = userId === actor.userId
  if (!isOwn) allow(actor, 'members.see', 'not-found')
  await withOrg(actor, async (db) => {
    await lockMembers(db, actor)
    const member = await findMember(db, userId)
    if (!isOwn) allowRole(actor, member.role)
    if (member.role === 'owner') await assertAnotherOwner(db, userId)
    await db.membership.updateMany({ where: { userId, leftAt: null }, data: { leftAt: now() } })
    // else the tokens would work again for who comes back
    await db.apiToken.updateMany({ where: { createdById: userId, revokedAt: null }, data: { revokedAt: now() } })
    await enqueue(db, 'connections.forget-member', { organizationId: actor.organizationId, userId })
    await record(
      db,
      actor,
      isOwn ? 'member.left' : 'member.removed',
      { kind: 'user', id: userId, name: member.name },
      {
        before: { role: member.role },
      },
    )
  })
  // sessions belong to no organization, so they end in a commit of their own; the way in was closed by the first
  if (!isOwn) await withSystem('account', (db) => db.session.deleteMany({ where: { userId } }))
}
