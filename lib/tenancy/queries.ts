import { now } from '#lib/platform/clock.ts'
import { type Db, withOrg, withSystem } from '#lib/platform/db.ts'
import { env } from '#lib/platform/env.ts'
import { sha256 } from '#lib/platform/hmac.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Actor, Person } from './actor.ts'
import { allow } from './policy.ts'
import {
  type InvitationPreview,
  InvitationView,
  type MembershipView,
  MemberView,
  OrganizationView,
  type OwnInvitationView,
} from './schema.ts'

type Belonging = Omit<MembershipView, 'attention'>
type FrameRow = Belonging & { invitations: number }

/** What the frame of a page shows: the person's organizations, the one used last first, and how many invitations wait. */
export async function readFrame(person: Person): Promise<{ organizations: Belonging[]; invitations: number }> {
  const confirmed = person.emailConfirmed ? person.email : null
  // one statement: it runs for every page
  const rows = await withSystem(
    'session lookup',
    (db) => db.$queryRaw<FrameRow[]>`
      SELECT o.id, o.slug, o.name, m.role::text AS role,
        (SELECT count(*)::int FROM "Invitation" i WHERE i.email = ${confirmed} AND i."acceptedAt" IS NULL
          AND i."revokedAt" IS NULL AND i."expiresAt" > ${now()}) AS invitations
      FROM "Membership" m JOIN "Organization" o ON o.id = m."organizationId"
      WHERE m."userId" = ${person.id}::uuid AND m."leftAt" IS NULL
      ORDER BY m."lastActiveAt" DESC NULLS LAST, m."createdAt" DESC`,
  )
  const organizations = rows.map(({ id, slug, name, role }) => ({ id, slug, name, role }))
  return { organizations, invitations: rows[0]?.invitations ?? 0 }
}

/** The organization as its members see it, inside their transaction. */
export async function findOrganization(db: Db, actor: Actor): Promise<OrganizationView> {
  const row = await db.organization.findUniqueOrThrow({ where: { id: actor.organizationId } })
  return OrganizationView.parse({ ...row, role: actor.role })
}

/** The organization as its members see it. */
export const readOrganization = (actor: Actor): Promise<OrganizationView> =>
  withOrg(actor, (db) => findOrganization(db, actor))

/** What others may see of a person; their password's hash stays in the database. */
const shownOfUser = { select: { id: true, name: true, email: true } } as const // as const: Prisma reads the type

const byName = (a: MemberView, b: MemberView) => a.name.localeCompare(b.name, 'en') || a.email.localeCompare(b.email)

/** Everybody who belongs to the organization now, by name. */
export async function listMembers(actor: Actor): Promise<MemberView[]> {
  allow(actor, 'members.see')
  const rows = await withOrg(actor, (db) =>
    db.membership.findMany({ where: { leftAt: null }, include: { user: shownOfUser } }),
  )
  return rows.map(toMember).sort(byName)
}

/** One member, inside the caller's transaction. Throws `not-found` for who never was, or is no longer, a member. */
export async function findMember(db: Db, userId: string): Promise<MemberView> {
  const row = await db.membership.findFirst({ where: { userId, leftAt: null }, include: { user: shownOfUser } })
  if (!row) throw new Problem('not-found')
  return toMember(row)
}

type MemberRow = {
  role: string
  createdAt: Date
  lastActiveAt: Date | null
  user: { id: string; name: string; email: string }
}
const toMember = ({ user, role, createdAt, lastActiveAt }: MemberRow): MemberView =>
  MemberView.parse({
    ...user,
    role,
    joinedAt: createdAt.toISOString(),
    lastActiveAt: lastActiveAt?.toISOString() ?? null,
  })

/** What an invitation that can still be accepted looks like in a where-clause; an expired one is open to be sent again. */
export const openInvitation = () => ({ acceptedAt: null, revokedAt: null })

/** Invitations nobody has accepted or withdrawn, the newest first; `expiresAt` tells those whose week is over. */
export async function listInvitations(actor: Actor): Promise<InvitationView[]> {
  allow(actor, 'members.see')
  return withOrg(actor, async (db) => {
    const rows = await db.invitation.findMany({ where: openInvitation(), orderBy: { createdAt: 'desc' } })
    const inviters = await db.user.findMany({
      where: { id: { in: rows.map(({ invitedById }) => invitedById) } },
      ...shownOfUser,
    })
    const names = new Map(inviters.map(({ id, name }) => [id, name]))
    return rows.map((row) => toInvitation(row, names.get(row.invitedById) ?? null))
  })
}

/** One open invitation, inside the caller's transaction. Throws `not-found`. */
export async function findInvitation(db: Db, id: string): Promise<InvitationView> {
  const row = await db.invitation.findFirst({ where: { id, ...openInvitation() } })
  if (!row) throw new Problem('not-found')
  const inviter = await db.user.findUnique({ where: { id: row.invitedById } })
  return toInvitation(row, inviter?.name ?? null)
}

type InvitationRow = { id: string; email: string; role: string; createdAt: Date; expiresAt: Date }
const toInvitation = (row: InvitationRow, invitedBy: string | null): InvitationView =>
  InvitationView.parse({
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    invitedBy,
  })

/** What the page of a mailed link shows; null for a link that is unknown or over. */
export async function previewInvitation(token: string): Promise<InvitationPreview | null> {
  return withSystem('invitation lookup', async (db) => {
    const row = await db.invitation.findUnique({ where: { tokenHash: sha256(token) } })
    if (!row || row.acceptedAt || row.revokedAt || row.expiresAt <= now()) return null
    const organization = await db.organization.findUniqueOrThrow({ where: { id: row.organizationId } })
    const inviter = await db.user.findUnique({ where: { id: row.invitedById } })
    const user = await db.user.findUnique({ where: { email: row.email } })
    return {
      organization: organization.name,
      email: row.email,
      role: row.role,
      invitedBy: inviter?.name ?? null,
      hasAccount: user !== null,
    }
  })
}

/** Invitations that wait for this person; none until they have shown that the address is theirs. */
export async function listOwnInvitations(person: Person): Promise<OwnInvitationView[]> {
  if (!person.emailConfirmed) return []
  return withSystem('invitation lookup', async (db) => {
    const rows = await db.invitation.findMany({
      where: { email: person.email, ...openInvitation(), expiresAt: { gt: now() } },
      orderBy: { createdAt: 'desc' },
    })
    const organizations = await db.organization.findMany({
      where: { id: { in: rows.map(({ organizationId }) => organizationId) } },
    })
    const names = new Map(organizations.map(({ id, name }) => [id, name]))
    return rows.map(({ id, role, organizationId, expiresAt }) => ({
      id,
      organization: names.get(organizationId) ?? '',
      role,
      expiresAt: expiresAt.toISOString(),
    }))
  })
}

/** The people to ask for what only some may do: names of the owners and admins, at most three. */
export async function namesOfAdmins(actor: Actor): Promise<string[]> {
  const rows = await withOrg(actor, (db) =>
    db.membership.findMany({
      where: { leftAt: null, role: { in: ['owner', 'admin'] } },
      include: { user: shownOfUser },
      orderBy: { role: 'asc' },
      take: 3,
    }),
  )
  return rows.map(({ user }) => user.name)
}

/** The host under which organizations have their addresses. */
export const publicHost = (): string => new URL(env().APP_URL).host
