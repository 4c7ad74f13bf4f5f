import { record } from '#lib/audit/record.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Actor } from './actor.ts'
import { allow, allowRole } from './policy.ts'
import { findMember } from './queries.ts'
import type { MemberView, RoleName } from './schema.ts'

/** Gives a member another role; it counts from their next request on. */
export async function changeRole(actor: Actor, userId: string, role: RoleName): Promise<MemberView> {
  allow(actor, 'members.see', 'not-found')
  return withOrg(actor, async (db) => {
    await lockMembers(db, actor)
    const member = await findMember(db, userId)
    allow(actor, 'members.manage')
    if (member.role === role) return member
    allowRole(actor, member.role)
    allowRole(actor, role)
    if (member.role === 'owner') await assertAnotherOwner(db, userId)
    await db.membership.updateMany({ where: { userId, leftAt: null }, data: { role } })
    await record(
      db,
      actor,
      'role.changed',
      { kind: 'user', id: userId, name: member.name },
      {
        before: { role: member.role },
        after: { role },
      },
    )
    return { ...member, role }
  })
}

/** Puts those who change members of one organization in a row, so that two owners cannot leave it at the same moment. */
export async function lockMembers(db: Db, actor: Actor): Promise<void> {
  await db.$queryRaw`SELECT id FROM "Organization" WHERE id = ${actor.organizationId}::uuid FOR UPDATE`
}

/** Throws `last-owner` unless somebody else owns the organization too. After `lockMembers`. */
export async function assertAnotherOwner(db: Db, userId: string): Promise<void> {
  const others = await db.membership.count({ where: { role: 'owner', leftAt: null, userId: { not: userId } } })
  if (others === 0) throw new Problem('last-owner', 'Add another owner first.')
}
