import { now } from '#lib/platform/clock.ts'
import { withSystem } from '#lib/platform/db.ts'
import { env } from '#lib/platform/env.ts'
import { randomToken, sha256 } from '#lib/platform/hmac.ts'
import { sendMail } from '#lib/platform/mail.ts'
import { Problem } from '#lib/platform/problem.ts'
import { spend } from '#lib/platform/rate-limit.ts'
import type { Person } from './actor.ts'
import { EMAIL_TOKEN_LIFE_MS, limits } from './policy.ts'

type Purpose = keyof typeof EMAIL_TOKEN_LIFE_MS

/** A link's token for this person; an older one for the same purpose stops working. Only its hash is kept. */
export async function makeEmailToken(userId: string, purpose: Purpose): Promise<string> {
  const token = randomToken()
  const expiresAt = new Date(now().getTime() + EMAIL_TOKEN_LIFE_MS[purpose])
  await withSystem('account', async (db) => {
    await db.emailToken.deleteMany({ where: { userId, purpose } })
    await db.emailToken.create({ data: { userId, purpose, tokenHash: sha256(token), expiresAt } })
  })
  return token
}

/** Mails the link by which somebody shows that an address is theirs. */
export async function sendConfirmation(user: { id: string; name: string; email: string }): Promise<void> {
  const token = await makeEmailToken(user.id, 'confirm')
  await sendMail({
    to: user.email,
    subject: 'Confirm your email address for Plugboard',
    text: [
      `Hello ${user.name},`,
      'open this link to confirm that this address is yours:',
      `${env().APP_URL}/confirm/${token}`,
      'It works for 7 days. If you did not sign up for Plugboard, ignore this mail.',
    ].join('\n\n'),
  })
}

/** Sends the confirmation once more; nothing when the address is confirmed already. */
export async function resendConfirmation(person: Person): Promise<void> {
  if (person.emailConfirmed) return
  await spend(limits.confirmation, person.id)
  await sendConfirmation(person)
}

/** Confirms the address that the link was sent to; pressed twice is pressed once. Throws `gone` for one that was replaced or is too old. */
export async function confirmEmail(token: string): Promise<void> {
  await withSystem('account', async (db) => {
    const found = await db.emailToken.findUnique({ where: { tokenHash: sha256(token) } })
    if (found?.purpose !== 'confirm' || found.expiresAt <= now())
      throw new Problem('gone', 'This link has been used or has expired. Sign in and ask for a new one.')
    await db.emailToken.updateMany({ where: { id: found.id }, data: { usedAt: found.usedAt ?? now() } })
    await db.user.updateMany({ where: { id: found.userId, emailConfirmedAt: null }, data: { emailConfirmedAt: now() } })
  })
}
