import { now } from '#lib/platform/clock.ts'
import { unscoped, withSystem } from '#lib/platform/db.ts'
import { expireAttempts } from './expire.ts'

const DAY_MS = 86_400_000

/** Empties attempts whose time is up and forgets them a day later, once they hold no grant, with ended sessions, used links and old counters. Safe to run at any time. */
export async function purge(): Promise<void> {
  await expireAttempts()
  const yesterday = new Date(now().getTime() - DAY_MS)
  await withSystem('purge', async (db) => {
    await db.connectAttempt.deleteMany({ where: { expiresAt: { lt: yesterday }, grant: null } })
    await db.session.deleteMany({ where: { expiresAt: { lt: now() } } })
    await db.emailToken.deleteMany({ where: { expiresAt: { lt: yesterday } } })
  })
  await unscoped().throttle.deleteMany({ where: { endsAt: { lt: yesterday } } })
}
