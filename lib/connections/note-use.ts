import { now } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'

const NOTED_EVERY_MS = 60_000
const notedAt = new Map<string, number>()

/** Keeps when a connection was last read through, at most once a minute a connection: a read shall cost no write. */
export async function noteUse(actor: Actor, connectionId: string): Promise<void> {
  if (now().getTime() - (notedAt.get(connectionId) ?? 0) < NOTED_EVERY_MS) return
  if (notedAt.size > 10_000) notedAt.clear()
  notedAt.set(connectionId, now().getTime())
  await withOrg(actor, (db) =>
    db.connection.updateMany({ where: { id: connectionId, credentialId: { not: null } }, data: { lastUsedAt: now() } }),
  )
}
