import { record } from '#lib/audit/record.ts'
import { mendersOf } from '#lib/connections/find-menders.ts'
import { subjectOf } from '#lib/connections/name-subject.ts'
import { now } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { enqueue } from '#lib/platform/jobs.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { allow } from '#lib/tenancy/policy.ts'
import { describeRotation } from './describe-rotation.ts'
import { readAging } from './read-aging.ts'

/**
 * Notes that others may know a credential: it is to be replaced now, and those who can are told by mail. Once is enough: it
 * stays so until it is replaced. Throws `not-found`, and `conflict` for one that renews itself.
 */
export async function suspectLeak(actor: Actor, connectionId: string): Promise<void> {
  allow(actor, 'hub.see', 'not-found')
  await withOrg(actor, async (db) => {
    const row = (await readAging(db, actor)).find((one) => one.connectionId === connectionId)
    if (!row) throw new Problem('not-found')
    allow(actor, 'governance.change')
    if (describeRotation(row).renewsItself)
      throw new Problem('conflict', 'It renews itself. Disconnect it, which ends the token, and connect it again.')
    const { count } = await db.credential.updateMany({
      where: { id: row.credentialId, suspectedAt: null, sealed: { not: null }, issuedAt: row.issuedAt },
      data: { suspectedAt: now(), suspectedById: actor.userId },
    })
    if (count === 0) return
    const { provider, accountLabel } = row
    const subject = subjectOf({ id: connectionId, provider, slot: 'organization', accountLabel })
    await record(db, actor, 'key.leak_suspected', subject, { provider, after: { endsWith: row.endsWith } })
    const { organizationId } = actor
    for (const { userId } of await db.membership.findMany({ where: mendersOf({ userId: null }) }))
      await enqueue(db, 'governance.tell-suspected', { organizationId, connectionId, userId })
  })
}
