import { record } from '#lib/audit/record.ts'
import { withOrg } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { allow } from '#lib/tenancy/policy.ts'
import { findRegister } from './queries.ts'
import type { RotationPolicy, RotationRegister } from './schema.ts'

/** Says how old a credential may get that does not renew itself. The reminders are counted anew by it. */
export async function changeRotation(actor: Actor, { everyDays }: RotationPolicy): Promise<RotationRegister> {
  allow(actor, 'governance.change')
  return withOrg(actor, async (db) => {
    const { id, name, rotationDays } = await db.organization.findUniqueOrThrow({ where: { id: actor.organizationId } })
    if (rotationDays !== everyDays) {
      await db.organization.update({ where: { id }, data: { rotationDays: everyDays } })
      await db.credential.updateMany({ where: { rotationTold: { not: null } }, data: { rotationTold: null } })
      const change = { before: { rotationDays }, after: { rotationDays: everyDays } }
      await record(db, actor, 'policy.changed', { kind: 'organization', id, name }, change)
    }
    return findRegister(db, actor)
  })
}
