import { now } from '#lib/platform/clock.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import { enqueue, isQueued } from '#lib/platform/jobs.ts'
import type { Actor } from '#lib/tenancy/actor.ts'

/** How long a connection that failed is left alone before it is probed again. */
export const PROBE_AGAIN_MS = 5 * 60 * 1000

/** Has a connection probed by the worker, unless it waits for its turn already. */
export async function queueProbe(db: Db, { organizationId }: Actor, connectionId: string): Promise<void> {
  if (await isQueued(db, 'connections.probe', { connectionId })) return
  await enqueue(db, 'connections.probe', { organizationId, connectionId })
}

/** Something has to be set up at the provider: whether that shuts out the whole connection is the probe's to say, soon. */
export async function probeSoon(actor: Actor, id: string): Promise<void> {
  const probedAt = { lt: new Date(now().getTime() - PROBE_AGAIN_MS) }
  await withOrg(actor, async (db) => {
    if ((await db.connection.count({ where: { id, status: 'connected', probedAt } })) > 0)
      await queueProbe(db, actor, id)
  })
}
