import { withSystem } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import { forgive, spend } from '#lib/platform/rate-limit.ts'
import type { Person } from './actor.ts'
import { hashPassword, passwordMatches } from './hash-password.ts'
import { limits } from './policy.ts'
import { recordEverywhere } from './reset-password.ts'
import { startSession } from './start-session.ts'

/** Changes the name under which everybody sees this person. */
export async function renamePerson(person: Person, name: string): Promise<Person> {
  await withSystem('account', (db) => db.user.updateMany({ where: { id: person.id }, data: { name } }))
  return { ...person, name }
}

/**
 * Sets another password and ends every session, this one too: a copy of its cookie must not live on. Returns the token
 * of the session that takes its place. Throws 422 when the current password is not right.
 */
export async function changePassword(person: Person, password: { current: string; next: string }): Promise<string> {
  await spend(limits.password, person.id)
  const user = await withSystem('account', (db) => db.user.findUniqueOrThrow({ where: { id: person.id } }))
  if (!(await passwordMatches(password.current, user.passwordHash))) {
    const detail = 'Current password is not right. Type it again, or sign out and reset it.'
    throw new Problem('fields-not-accepted', detail, { errors: [{ pointer: '/password/current', detail }] })
  }
  await forgive(limits.password, person.id)
  const passwordHash = await hashPassword(password.next)
  return withSystem('account', async (db) => {
    await db.user.update({ where: { id: person.id }, data: { passwordHash } })
    await db.session.deleteMany({ where: { userId: person.id } })
    await db.emailToken.deleteMany({ where: { userId: person.id, purpose: 'reset' } }) // a link on its way ends too
    await recordEverywhere(db, person, 'password.changed')
    return startSession(db, person.id)
  })
}

/** Signs this person out of every browser, this one too. */
export async function endSessions(person: Person): Promise<void> {
  await withSystem('account', async (db) => {
    await db.session.deleteMany({ where: { userId: person.id } })
    await recordEverywhere(db, person, 'session.ended_everywhere')
  })
}
