import { record } from '#lib/audit/record.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, type Prisma, withSystem } from '#lib/platform/db.ts'
import { sha256 } from '#lib/platform/hmac.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Origin, Person } from './actor.ts'
import type { Founded } from './create-organization.ts'

export type Joiner = { id: string; name: string; email: string; origin: Origin }
type Invitation = Prisma.InvitationGetPayload<object>

/**
 * Makes the joiner a member through an invitation. Only who it was sent to may take it. Throws `not-found`, `forbidden`
 * for another address, `gone` once it was used, withdrawn or is older than a week.
 */
async function takeInvitation(db: Db, joiner: Joiner, invitation: Invitation | null): Promise<Founded> {
  if (!invitation) throw new Problem('not-found')
  if (invitation.email !== joiner.email)
    throw new Problem('forbidden', 'This invitation was sent to another address. Sign in with that one to accept it.')
  const { id, organizationId } = invitation
  const { count } = await db.invitation.updateMany({
    where: { id, acceptedAt: null, revokedAt: null, expiresAt: { gt: now() } },
    data: { acceptedAt: now() },
  })
  const key = { organizationId_userId: { organizationId, userId: joiner.id } }
  const before = await db.membership.findUnique({ where: key })
  const isMember = before !== null && before.leftAt === null
  // pressed twice, or already in by another way: what was asked for is so
  if (!isMember && count === 0)
    throw new Problem('gone', 'This invitation was used, withdrawn or has expired. Ask for a new one.')
  if (!isMember) await join(db, joiner, invitation)
  const { slug } = await db.organization.findUniqueOrThrow({ where: { id: organizationId } })
  return { id: organizationId, slug }
}

async function join(db: Db, joiner: Joiner, { organizationId, role }: Invitation): Promise<void> {
  const key = { organizationId, userId: joiner.id }
  await db.membership.upsert({
    where: { organizationId_userId: key },
    create: { ...key, role, createdAt: now() },
    update: { role, leftAt: null, createdAt: now() },
  })
  const author = { ...joiner, kind: 'user' as const, organizationId, userId: joiner.id }
  await record(db, author, 'member.joined', { kind: 'user', id: joiner.id, name: joiner.name }, { after: { role } })
}

const byToken = (db: Db, token: string) => db.invitation.findUnique({ where: { tokenHash: sha256(token) } })

/** Takes the invitation of a mailed link. Whoever has the link reads the mail of its address, so that is confirmed by it. */
export async function takeByToken(db: Db, joiner: Joiner, token: string): Promise<Founded> {
  const joined = await takeInvitation(db, joiner, await byToken(db, token))
  await db.user.updateMany({ where: { id: joiner.id, emailConfirmedAt: null }, data: { emailConfirmedAt: now() } })
  return joined
}

/** A signed-in person accepts the invitation of a mailed link. */
export const acceptInvitation = (person: Person, token: string): Promise<Founded> =>
  withSystem('invitation lookup', (db) => takeByToken(db, person, token))

/** A signed-in person accepts an invitation they found in their own list; their address has to be confirmed for that. */
export async function acceptOwnInvitation(person: Person, id: string): Promise<Founded> {
  if (!person.emailConfirmed) throw new Problem('forbidden', 'Confirm your email address first.')
  return withSystem('invitation lookup', async (db) => {
    const invitation = await db.invitation.findFirst({ where: { id, email: person.email } })
    return takeInvitation(db, person, invitation)
  })
}
