import { isIP } from 'node:net'
import { now } from '#lib/platform/clock.ts'
import { type Db, withSystem } from '#lib/platform/db.ts'
import { sha256 } from '#lib/platform/hmac.ts'
import { Problem } from '#lib/platform/problem.ts'
import { type Proven, prove } from '#lib/platform/proof.ts'
import { SESSION_IDLE_MS } from './policy.ts'
import { type RoleName, Slug } from './schema.ts'

/** Where a request came from, for the audit log. */
export type Origin = { ip: string | null; requestId: string }

/** The address that the proxy in front wrote last into X-Forwarded-For; null where that is no address. */
export function lastHop(forwarded: string | null): string | null {
  const last = forwarded?.split(',').at(-1)?.trim() ?? ''
  return isIP(last) === 0 ? null : last
}

/** A person who was recognized, by a session or by an API token, not yet in any organization. */
export type Person = {
  id: string
  name: string
  email: string
  emailConfirmed: boolean
  sessionId: string | null
  /** The API token they came with: it opens one organization, as far as its scopes go. */
  token: { id: string; name: string; scopes: readonly string[]; organizationId: string } | null
  origin: Origin
}

/** A person in a browser. */
export type SignedIn = Person & { sessionId: string }

/** Somebody whose right to act in one organization was proven, at this very request. */
export type Actor = Proven & {
  kind: 'user' | 'token' | 'job' | 'webhook'
  name: string
  /** The name of the API token they came with, for the audit log. */
  token?: string
  role: RoleName | null
  organization: {
    id: string
    slug: string
    name: string
    whoMayConnect: 'admins' | 'members'
    /** Native: Jira and Confluence are there through the Atlassian site, and are verified instead of connected. */
    atlassianMode: 'standard' | 'native'
  }
  sessionId: string | null
  origin: Origin
}

const SESSION_SEEN_EVERY_MS = 60 * 60 * 1000
const MEMBER_SEEN_EVERY_MS = 60 * 1000

type SessionRow = {
  sessionId: string
  lastSeenAt: Date
  expiresAt: Date
  id: string
  name: string
  email: string
  emailConfirmed: boolean
}

/** The person behind a session id, read from the database at each request; null when the session has ended. */
export async function findPerson(sessionToken: string, origin: Origin): Promise<SignedIn | null> {
  return withSystem('session lookup', async (db) => {
    // one statement: it runs at every request
    const [row] = await db.$queryRaw<SessionRow[]>`
      SELECT s.id AS "sessionId", s."lastSeenAt", s."expiresAt", u.id, u.name, u.email,
        u."emailConfirmedAt" IS NOT NULL AS "emailConfirmed"
      FROM "Session" s JOIN "User" u ON u.id = s."userId" WHERE s."idHash" = ${sha256(sessionToken)}`
    const idleMs = row ? now().getTime() - row.lastSeenAt.getTime() : 0
    if (!row || row.expiresAt <= now() || idleMs > SESSION_IDLE_MS) return null
    const { lastSeenAt: _, expiresAt: __, ...person } = row
    if (idleMs > SESSION_SEEN_EVERY_MS)
      await db.session.updateMany({ where: { id: person.sessionId }, data: { lastSeenAt: now() } })
    return { ...person, token: null, origin }
  })
}

type MembershipRow = {
  id: string
  slug: string
  name: string
  whoMayConnect: string
  atlassianMode: string
  role: RoleName
  lastActiveAt: Date | null
}

async function findMembership(db: Db, person: Person, place: { slug?: string; id?: string }) {
  const { slug = null, id = null } = place
  const only = person.token?.organizationId ?? null
  const [row] = await db.$queryRaw<MembershipRow[]>`
    SELECT o.id, o.slug, o.name, o."whoMayConnect", o."atlassianMode", m.role::text AS role, m."lastActiveAt"
    FROM "Membership" m JOIN "Organization" o ON o.id = m."organizationId"
    WHERE m."userId" = ${person.id}::uuid AND m."leftAt" IS NULL AND (o.slug = ${slug} OR o.id = ${id}::uuid)
      AND (${only}::uuid IS NULL OR o.id = ${only}::uuid)`
  if (row && now().getTime() - (row.lastActiveAt?.getTime() ?? 0) > MEMBER_SEEN_EVERY_MS)
    await db.membership.updateMany({
      where: { organizationId: row.id, userId: person.id },
      data: { lastActiveAt: now() },
    })
  return row
}

const toActor = (person: Person, { role, ...organization }: Omit<MembershipRow, 'lastActiveAt'>): Actor =>
  prove<Actor>({
    kind: person.token ? 'token' : 'user',
    organizationId: organization.id,
    userId: person.id,
    name: person.name,
    ...(person.token ? { token: person.token.name } : {}),
    role,
    organization: {
      id: organization.id,
      slug: organization.slug,
      name: organization.name,
      whoMayConnect: organization.whoMayConnect === 'members' ? 'members' : 'admins',
      atlassianMode: organization.atlassianMode === 'native' ? 'native' : 'standard',
    },
    sessionId: person.sessionId,
    origin: person.origin,
  })

/** The person as a member of the organization with this slug. Throws `not-found` alike for unknown and foreign ones. */
export async function enter(person: Person, slug: string): Promise<Actor> {
  if (!Slug.safeParse(slug).success) throw new Problem('not-found')
  const row = await withSystem('session lookup', (db) => findMembership(db, person, { slug }))
  if (!row) throw new Problem('not-found')
  return toActor(person, row)
}

/** The person in the organization with this id, e.g. the one a connect attempt belongs to; null when not a member. */
export async function enterById(person: Person, organizationId: string): Promise<Actor | null> {
  const row = await withSystem('session lookup', (db) => findMembership(db, person, { id: organizationId }))
  return row ? toActor(person, row) : null
}

/** The person in each of their organizations, the one used last first. Looking around marks none of them as used. */
export async function enterAll(person: Person): Promise<Actor[]> {
  const only = person.token?.organizationId ?? null
  const rows = await withSystem(
    'session lookup',
    (db) => db.$queryRaw<MembershipRow[]>`
      SELECT o.id, o.slug, o.name, o."whoMayConnect", o."atlassianMode", m.role::text AS role, m."lastActiveAt"
      FROM "Membership" m JOIN "Organization" o ON o.id = m."organizationId"
      WHERE m."userId" = ${person.id}::uuid AND m."leftAt" IS NULL AND (${only}::uuid IS NULL OR o.id = ${only}::uuid)
      ORDER BY m."lastActiveAt" DESC NULLS LAST, m."createdAt" DESC`,
  )
  return rows.map((row) => toActor(person, row))
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
      atlassianMode: organization.atlassianMode === 'native' ? 'native' : 'standard',
    },
    sessionId: null,
    origin: { ip: null, requestId: `job-${crypto.randomUUID()}` },
  })
}
