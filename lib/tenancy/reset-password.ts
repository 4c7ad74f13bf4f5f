import { record } from '#lib/audit/record.ts'
import type { AuditAction } from '#lib/audit/schema.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, withSystem } from '#lib/platform/db.ts'
import { env } from '#lib/platform/env.ts'
import { sha256 } from '#lib/platform/hmac.ts'
import { log } from '#lib/platform/log.ts'
import { sendMail } from '#lib/platform/mail.ts'
import { Problem } from '#lib/platform/problem.ts'
import { spend } from '#lib/platform/rate-limit.ts'
import type { Origin } from './actor.ts'
import { makeEmailToken } from './confirm-email.ts'
import { hashPassword } from './hash-password.ts'
import { limits } from './policy.ts'

/**
 * Asks for the link that sets a new password. The answer is the same, and as fast, for an address nobody has: whether
 * a mail goes out is decided after it.
 */
export function requestReset(email: string): void {
  void mailReset(email).catch((error) => {
    // past its limit an address gets no more mails: a promise kept, not a fault
    log[error instanceof Problem ? 'info' : 'error']({ error }, 'no reset mail')
  })
}

async function mailReset(email: string): Promise<void> {
  await spend(limits.resetByEmail, email)
  const user = await withSystem('password reset', (db) => db.user.findUnique({ where: { email } }))
  if (!user) return
  const token = await makeEmailToken(user.id, 'reset')
  await sendMail({
    to: user.email,
    subject: 'Set a new password for Plugboard',
    text: [
      `Hello ${user.name},`,
      'open this link to set a new password:',
      `${env().APP_URL}/reset/${token}`,
      'It works once, for an hour. If you did not ask for it, ignore this mail: your password stays as it is.',
    ].join('\n\n'),
  })
}

/** Sets a new password by the link of a mail, and signs the person out everywhere. Returns whose it is. Throws `gone` for a link that is over. */
export async function resetPassword(token: string, password: string, origin: Origin): Promise<string> {
  const passwordHash = await hashPassword(password)
  return withSystem('password reset', async (db) => {
    const found = await db.emailToken.findUnique({ where: { tokenHash: sha256(token) } })
    const { count } = await db.emailToken.updateMany({
      where: { tokenHash: sha256(token), purpose: 'reset', usedAt: null, expiresAt: { gt: now() } },
      data: { usedAt: now() },
    })
    if (!found || count === 0) throw new Problem('gone', 'This link has been used or has expired. Ask for a new one.')
    const user = await db.user.update({ where: { id: found.userId }, data: { passwordHash } })
    // the link came by mail, so the address is theirs
    await db.user.updateMany({ where: { id: user.id, emailConfirmedAt: null }, data: { emailConfirmedAt: now() } })
    await db.session.deleteMany({ where: { userId: user.id } })
    await recordEverywhere(db, { id: user.id, name: user.name, origin }, 'password.reset')
    return user.id
  })
}

/** Writes an event about a person into the log of each organization they belong to. */
export async function recordEverywhere(
  db: Db,
  { id, name, origin }: { id: string; name: string; origin: Origin },
  action: AuditAction,
): Promise<void> {
  const memberships = await db.membership.findMany({
    where: { userId: id, leftAt: null },
    orderBy: { organizationId: 'asc' }, // two at once lock the chains in the same order
  })
  for (const { organizationId } of memberships)
    await record(db, { kind: 'user', organizationId, userId: id, name, origin }, action, { kind: 'user', id, name })
}
