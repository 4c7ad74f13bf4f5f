import { record } from '#lib/audit/record.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import { env } from '#lib/platform/env.ts'
import { randomToken, sha256 } from '#lib/platform/hmac.ts'
import { log } from '#lib/platform/log.ts'
import { sendMail } from '#lib/platform/mail.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Actor, Person } from './actor.ts'
import { lockMembers } from './change-role.ts'
import { allow, allowRole, INVITATION_LIFE_MS } from './policy.ts'
import { findInvitation, openInvitation } from './queries.ts'
import type { InvitationSent, InvitationView, RoleName } from './schema.ts'

type Invited = { email: string; role: RoleName }

/**
 * Invites an address with a role; the link goes out by mail. Throws 409 for a member, or for an address that has an
 * invitation already.
 */
export async function invite(actor: Actor, person: Person, { email, role }: Invited): Promise<InvitationSent> {
  allowRole(actor, role)
  if (!person.emailConfirmed)
    throw new Problem('forbidden', 'Confirm your own email address first, then invite others.')
  const token = randomToken()
  const invitation = await withOrg(actor, async (db) => {
    await lockMembers(db, actor)
    await assertNotThere(db, email)
    const { id } = await db.invitation.create({
      data: {
        organizationId: actor.organizationId,
        email,
        role,
        tokenHash: sha256(token),
        invitedById: person.id,
        createdAt: now(),
        expiresAt: new Date(now().getTime() + INVITATION_LIFE_MS),
      },
    })
    await record(db, actor, 'member.invited', { kind: 'invitation', id, name: email }, { after: { role } })
    return findInvitation(db, id)
  })
  return { ...invitation, mailed: await mailInvitation(actor, invitation, token) }
}

async function assertNotThere(db: Db, email: string): Promise<void> {
  const member = await db.membership.findFirst({ where: { leftAt: null, user: { email } } })
  const pending = await db.invitation.findFirst({ where: { email, ...openInvitation() } })
  if (!member && !pending) return
  const detail = member
    ? 'This person is a member already.'
    : 'This address has an invitation already. Send it again, or revoke it first.'
  throw new Problem('already-exists', detail, { errors: [{ pointer: '/email', detail }] })
}

/** Sends the invitation once more, with a new link and another week; the old link ends. */
export async function resendInvitation(actor: Actor, id: string): Promise<InvitationSent> {
  allow(actor, 'members.see', 'not-found')
  const token = randomToken()
  const invitation = await withOrg(actor, async (db) => {
    const before = await findInvitation(db, id)
    allowRole(actor, before.role)
    const { count } = await db.invitation.updateMany({
      where: { id, acceptedAt: null, revokedAt: null },
      data: { tokenHash: sha256(token), expiresAt: new Date(now().getTime() + INVITATION_LIFE_MS) },
    })
    if (count === 0) throw new Problem('not-found')
    await record(db, actor, 'member.invitation_resent', { kind: 'invitation', id, name: before.email })
    return findInvitation(db, id)
  })
  return { ...invitation, mailed: await mailInvitation(actor, invitation, token) }
}

/** Withdraws an invitation: its link ends. */
export async function revokeInvitation(actor: Actor, id: string): Promise<void> {
  allow(actor, 'members.see', 'not-found')
  await withOrg(actor, async (db) => {
    const { email } = await findInvitation(db, id)
    allow(actor, 'members.manage')
    await db.invitation.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now() } })
    await record(db, actor, 'member.invitation_revoked', { kind: 'invitation', id, name: email })
  })
}

/** Whether the mail went out. It is sent after the commit: the invitation stands and can be sent again. */
async function mailInvitation(actor: Actor, { email, role }: InvitationView, token: string): Promise<boolean> {
  const { name } = actor.organization
  const text = [
    `${actor.name} invites you to ${name} on Plugboard, as ${role}.`,
    'Open this link to accept:',
    `${env().APP_URL}/invite/${token}`,
    'It works for 7 days. If you do not know what this is about, ignore this mail.',
  ].join('\n\n')
  try {
    await sendMail({ to: email, subject: `${actor.name} invites you to ${name} on Plugboard`, text })
    return true
  } catch (error) {
    log.error({ error }, 'invitation mail')
    return false
  }
}
