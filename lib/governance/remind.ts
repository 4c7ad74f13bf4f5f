import { mendersOf } from '#lib/connections/find-menders.ts'
import { withOrg } from '#lib/platform/db.ts'
import { enqueue } from '#lib/platform/jobs.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { describeRotation } from './describe-rotation.ts'
import { isNews, reminderFor } from './policy.ts'
import { readAging } from './read-aging.ts'

/**
 * Sends what reminders the organization's credentials are due, each once: the note of it and a job for each person who can
 * replace one are of the same commit, and of two at once the later finds the note.
 */
export async function remind(actor: Actor): Promise<void> {
  await withOrg(actor, async (db) => {
    const menders = await db.membership.findMany({ where: mendersOf({ userId: null }), orderBy: { userId: 'asc' } })
    for (const row of await readAging(db, actor)) {
      const { daysLeft } = describeRotation(row)
      const reminder = daysLeft === null ? null : reminderFor(daysLeft)
      if (!isNews(reminder, row.rotationTold)) continue
      const { count } = await db.credential.updateMany({
        where: { id: row.credentialId, issuedAt: row.issuedAt, rotationTold: row.rotationTold },
        data: { rotationTold: reminder },
      })
      const { organizationId } = actor
      const notice = { organizationId, connectionId: row.connectionId, reminder: String(reminder) }
      for (const { userId } of count === 1 ? menders : [])
        await enqueue(db, 'governance.tell-rotation', { ...notice, userId })
    }
  })
}
