import { now } from '#lib/platform/clock.ts'
import { unscoped, withSystem } from '#lib/platform/db.ts'

const DAY_MS = 86_400_000

/** Forgets attempts a day after their end, ended sessions, used links and old counters. Safe to run at any time. */
export async function purge(): Promise<void> {
  const yesterday = new Date(now().getTime() - DAY_MS)
  await withSystem('purge', async (db) => {
    await db.connectAttempt.deleteMany({ where: { expiresAt: { lt: yesterday } } })
    await db.session.deleteMany({ where: { expiresAt: { lt: now() } } })
    await db.emailToken.deleteMany({ where: { expiresAt: { lt: yesterday } } })
  })
  await unscoped().throttle.deleteMany({ where: { endsAt: { lt: yesterday } } })
}
