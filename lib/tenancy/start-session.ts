import { now } from '#lib/platform/clock.ts'
import type { Db } from '#lib/platform/db.ts'
import { randomToken, sha256 } from '#lib/platform/hmac.ts'
import { SESSION_LIFE_MS } from './policy.ts'

/** A new session of this person. Returns its token, which is kept nowhere: the row holds the hash. */
export async function startSession(db: Db, userId: string): Promise<string> {
  const token = randomToken()
  const at = now()
  const expiresAt = new Date(at.getTime() + SESSION_LIFE_MS)
  await db.session.create({ data: { idHash: sha256(token), userId, createdAt: at, lastSeenAt: at, expiresAt } })
  return token
}
