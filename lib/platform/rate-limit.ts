import 'server-only'
import { now } from './clock.ts'
import { Prisma, unscoped } from './db.ts'
import { sha256Hex } from './hmac.ts'
import { Problem } from './problem.ts'

export type Limit = { name: string; count: number; seconds: number }

const keyOf = (limit: Limit, who: string): string => `${limit.name}:${sha256Hex(who).slice(0, 32)}`

/**
 * Counts one use in a window shared by every process (one statement, in PostgreSQL) and throws `too-many-requests`
 * past the limit. `who` (an address, an id, an e-mail) is kept as a hash.
 */
export async function spend(limit: Limit, who: string): Promise<void> {
  const key = keyOf(limit, who)
  const [at, endsAt] = [now(), new Date(now().getTime() + limit.seconds * 1000)]
  const [row] = await unscoped().$queryRaw<{ count: number; endsAt: Date }[]>(Prisma.sql`
    INSERT INTO "Throttle" (key, count, "endsAt") VALUES (${key}, 1, ${endsAt})
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN "Throttle"."endsAt" <= ${at} THEN 1 ELSE "Throttle".count + 1 END,
      "endsAt" = CASE WHEN "Throttle"."endsAt" <= ${at} THEN ${endsAt} ELSE "Throttle"."endsAt" END
    RETURNING count, "endsAt"`)
  if (!row || row.count <= limit.count) return
  const wait = Math.max(1, Math.ceil((row.endsAt.getTime() - at.getTime()) / 1000))
  throw new Problem('too-many-requests', `Too many tries. Wait ${wait} seconds and try again.`, {
    retryAfterSeconds: wait,
  })
}

/** Gives back one use, where only what fails should count. */
export async function refund(limit: Limit, who: string): Promise<void> {
  await unscoped().throttle.updateMany({
    where: { key: keyOf(limit, who), count: { gt: 0 } },
    data: { count: { decrement: 1 } },
  })
}

/** Forgets what was counted, after a success that proves the person. */
export async function forgive(limit: Limit, who: string): Promise<void> {
  await unscoped().throttle.deleteMany({ where: { key: keyOf(limit, who) } })
}
