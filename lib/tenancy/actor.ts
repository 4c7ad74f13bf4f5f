import { now } from '#lib/platform/clock.ts'
import { withSystem } from '#lib/platform/db.ts'
import { sha256 } from '#lib/platform/hmac.ts'
import { Problem } from '#lib/platform/problem.ts'
import { type Proven, prove } from '#lib/platform/proof.ts'
import type { RoleName } from './schema.ts'

/** Where a request came from, for the audit log. */
export type Origin = { ip: string | null; requestId: string }

/** A signed-in person, not yet in any organization. */
export type Person = {
  id: string
  name: string
  email: string
  emailConfirmed: boolean
  sessionId: string
  origin: Origin
}

/** Somebody whose right to act in one organization was proven, at this very request. */
export type Actor = Proven & {
  kind: 'user' | 'token' | 'job' | 'webhook'
  name: string
  role: RoleName | null
  organization: { id: string; slug: string; name: string; whoMayConnect: 'admins' | 'members' }
  sessionId: string | null
  origin: Origin
}

const SEEN_EVERY_MS = 60 * 60 * 1000

/** The person behind a session id, read from the database at each request; null when the session has ended. */
export async function findPerson(sessionToken: string, origin: Origin): Promise<Person | null> {
  return withSystem('session lookup', async (db) => {
    const session = await db.session.findUnique({ where: { idHash: sha256(sessionToken) }, include: { user: true } })
    if (!session || session.expiresAt <= now()) return null
    if (now().getTime() - session.lastSeenAt.getTime() > SEEN_EVERY_MS)
      await db.session.update({ where: { id: session.id }, data: { lastSeenAt: now() } })
    const { user } = session
    return {
      id: user.id,
      name: user.name,
      email: user.email,
      emailConfirmed: user.emailConfirmedAt !== null,
      sessionId: session.id,
      origin,
    }
  })
}

/** The person as a member of the organization with this slug. Throws `not-found` alike for unknown and foreign ones. */
export async function enter(person: Person, slug: string): Promise<Actor> {
  const membership = await withSystem('session lookup', (db) =>
    db.membership.findFirst({
      where: { userId: person.id, leftAt: null, organization: { slug } },
      include: { organization: true },
    }),
  )
  if (!membership) throw new Problem('not-found')
  const { organization, role } = membership
  return prove<Actor>({
    kind: 'user',
    organizationId: organization.id,
    userId: person.id,
    name: person.name,
    role,
    organization: {
      id: organization.id,
      slug: organization.slug,
      name: organization.name,
      whoMayConnect: organization.whoMayConnect === 'members' ? 'members' : 'admins',
    },
    sessionId: person.sessionId,
    origin: person.origin,
  })
}

/** The person in the organization with this id, e.g. the one a connect attempt belongs to; null when not a member. */
export async function enterById(person: Person, organizationId: string): Promise<Actor | null> {
  const membership = await withSystem('session lookup', (db) =>
    db.membership.findFirst({
      where: { userId: person.id, organizationId, leftAt: null },
      include: { organization: true },
    }),
  )
  return membership ? enter(person, membership.organization.slug) : null
}

/** A job at work for one organization. It has no role: it does what its own code does, nothing else. */
export async function jobActor(organizationId: string, job: string): Promise<Actor> {
  const organization = await withSystem('job schedule', (db) =>
    db.organization.findUniqueOrThrow({ where: { id: organizationId } }),
  )
  return prove<Actor>({
    kind: 'job',
    organizationId,
    userId: null,
    name: job,
    role: null,
    organization: {
      id: organization.id,
      slug: organization.slug,
      name: organization.name,
      whoMayConnect: 'admins',
    },
    sessionId: null,
    origin: { ip: null, requestId: `job-${crypto.randomUUID()}` },
  })
}
