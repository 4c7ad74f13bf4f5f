import { withSystem } from '#lib/platform/db.ts'
import { sha256 } from '#lib/platform/hmac.ts'
import { forgive, refund, spend } from '#lib/platform/rate-limit.ts'
import { passwordMatches } from './hash-password.ts'
import { limits } from './policy.ts'
import { Email } from './schema.ts'
import { startSession } from './start-session.ts'

export type SignIn = { email: string; password: string; ip: string | null; oldToken: string | null }

/**
 * Opens a session for an address and its password; null when they do not fit, told alike and as slowly for an unknown
 * address. Throws `too-many-requests`. Only failures count, and the session this browser had before ends.
 */
export async function signIn({ email, password, ip, oldToken }: SignIn): Promise<{ token: string } | null> {
  const address = Email.safeParse(email).data ?? ''
  const from = ip ?? 'nobody'
  await spend(limits.signInByAddress, from)
  await spend(limits.signInByEmail, address)
  const user = await withSystem('sign-in', (db) => db.user.findUnique({ where: { email: address } }))
  const matches = await passwordMatches(password, user?.passwordHash ?? null)
  if (!user || !matches) return null
  await forgive(limits.signInByEmail, address)
  await refund(limits.signInByAddress, from)
  const token = await withSystem('sign-in', async (db) => {
    if (oldToken) await db.session.deleteMany({ where: { idHash: sha256(oldToken) } })
    return startSession(db, user.id)
  })
  return { token }
}
