import { now } from '#lib/platform/clock.ts'
import { type Db, withSystem } from '#lib/platform/db.ts'
import { log } from '#lib/platform/log.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Origin } from './actor.ts'
import { sendConfirmation } from './confirm-email.ts'
import { type Founded, foundOrganization } from './create-organization.ts'
import { hashPassword } from './hash-password.ts'
import type { SignUpInput } from './schema.ts'
import { takeByToken } from './take-invitation.ts'

/**
 * Makes a person and the organization they start with, or takes the invitation they came with; all of it or nothing.
 * Throws 409 where the address has an account: to sign in or to reset the password is the way out.
 */
export async function signUp(input: SignUpInput, origin: Origin): Promise<{ userId: string; organization: Founded }> {
  const passwordHash = await hashPassword(input.password)
  const { user, organization } = await withSystem('sign-up', async (db) => {
    const user = await makeUser(db, input, passwordHash)
    const who = { id: user.id, name: user.name, email: user.email, origin }
    const organization =
      input.invitation === undefined
        ? await foundOrganization(db, who, { name: input.organization ?? '', field: 'organization' })
        : await takeByToken(db, who, input.invitation)
    return { user, organization }
  })
  // it can be sent again from every page: a mail server that is down keeps nobody out
  if (input.invitation === undefined)
    await sendConfirmation(user).catch((error) => log.error({ error }, 'confirmation mail'))
  return { userId: user.id, organization }
}

async function makeUser(db: Db, { name, email }: SignUpInput, passwordHash: string) {
  const data = { name, email, passwordHash, createdAt: now() }
  const [user] = await db.user.createManyAndReturn({ data, skipDuplicates: true })
  if (user) return user
  const detail = 'This email address has an account. Sign in, or reset the password.'
  throw new Problem('already-exists', detail, { errors: [{ pointer: '/email', detail }] })
}
