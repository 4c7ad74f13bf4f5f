import { record } from '#lib/audit/record.ts'
import { withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { findVisible } from './find-visible.ts'
import { subjectOf } from './name-subject.ts'
import { allowConnect, whoMayConnect } from './policy.ts'
import { findConnection } from './queries.ts'
import type { ConnectionView } from './schema.ts'

/**
 * Does without a provider that the site has no subscription for: it asks for no attention any more. Throws `not-found`,
 * `forbidden`, and `conflict` where there is nothing to do without.
 */
export async function skip(actor: Actor, id: string): Promise<ConnectionView> {
  await withOrg(actor, async (db) => {
    const connection = await findVisible(db, actor, id)
    const connector = await db.connector.findFirst({ where: { provider: connection.provider } })
    allowConnect(
      actor,
      connection.slot === 'user' ? 'user' : 'organization',
      whoMayConnect(actor.organization, connector),
    )
    if (connection.status === 'not_available' && connection.reasonCode === 'skipped') return
    const { count } = await db.connection.updateMany({
      where: { id, status: 'not_available', reasonCode: 'no_subscription' },
      data: { reasonCode: 'skipped', version: { increment: 1 } },
    })
    if (count === 0) throw new Problem('conflict', 'It is not unavailable any more. Look at how it stands now.')
    await record(db, actor, 'connection.skipped', subjectOf(connection), { provider: connection.provider })
  })
  return findConnection(actor, id)
}
