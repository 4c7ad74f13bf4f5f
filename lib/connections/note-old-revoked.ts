import { record } from '#lib/audit/record.ts'
import { withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { findSlot } from './find-slot.ts'
import { subjectOf } from './name-subject.ts'
import { findConnection } from './queries.ts'

/**
 * Notes that somebody has revoked the secret that was replaced here; we cannot see that ourselves. Throws `conflict` where
 * none was replaced since the last note.
 */
export async function noteOldRevoked(actor: Actor, id: string): Promise<void> {
  const { provider, slot, account } = await findConnection(actor, id)
  await withOrg(actor, async (db) => {
    await findSlot(actor, db, { provider, slot })
    await db.$queryRaw`SELECT id FROM "Connection" WHERE id = ${id}::uuid FOR UPDATE` // of two at once the later sees the note
    const last = await db.auditEvent.findFirst({
      where: { subjectId: id, action: { in: ['key.replaced', 'key.old_revoked'] } },
      orderBy: { sequence: 'desc' },
    })
    if (last?.action !== 'key.replaced') throw new Problem('conflict', 'No replaced key waits to be revoked.')
    await record(db, actor, 'key.old_revoked', subjectOf({ id, provider, slot, accountLabel: account.label }), {
      provider,
    })
  })
}
