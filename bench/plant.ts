// Rows by the hundred thousand, past the product's own doors: what is measured is how they are read.
import type pg from 'pg'
import { withClient } from '#scripts/lib/roles.ts'
import type { Database, Floor } from './floor.ts'

/** The organization that is looked at, and the session token of its owner. */
export const watched = { slug: 'org-1', session: 'session-of-person-1' }

export const FEW = 10
export const MANY = 100_000

const planted = new Map<number, Promise<Database>>()

/** A database with that many connections, made once a run. */
export function databaseWith({ copy }: Floor, connections: number): Promise<Database> {
  const plant = async () => {
    const database = await copy(`with_${connections}`)
    await withClient(database.superuser, (client) => plantConnections(client, connections))
    return database
  }
  const known = planted.get(connections) ?? plant()
  planted.set(connections, known)
  return known
}

/**
 * Plants `connections` connections, ten to an organization: one of the organization's and nine members' own.
 * Every id is made of a word and a number, so that rows find each other.
 */
async function plantConnections(superuser: pg.Client, connections: number): Promise<void> {
  for (const sql of statements) await superuser.query(sql.includes('$1') ? { text: sql, values: [connections] } : sql)
}

// with the version and the variant that make it a UUID of RFC 9562
const id = (word: string, number: string) =>
  `overlay(overlay(md5('${word} ' || ${number}) placing '4' from 13) placing '8' from 17)::uuid`
const organization = (n = 'n') => id('organization', `((${n} - 1) / 10 + 1)`)
const isOwn = 'n % 10 = 1'

const statements = [
  `INSERT INTO "User" (id, email, name, "passwordHash", "emailConfirmedAt")
   SELECT ${id('person', 'n')}, 'person-' || n || '@example.test', 'Person ' || n, 'none', now() FROM generate_series(1, $1::int) n`,
  `INSERT INTO "Organization" (id, slug, name)
   SELECT ${id('organization', 'n')}, 'org-' || n, 'Organization ' || n FROM generate_series(1, $1::int / 10) n`,
  `INSERT INTO "Membership" ("organizationId", "userId", role, "lastActiveAt")
   SELECT ${organization()}, ${id('person', 'n')}, (CASE WHEN ${isOwn} THEN 'owner' ELSE 'member' END)::"Role", now()
   FROM generate_series(1, $1::int) n`,
  `INSERT INTO "Session" (id, "idHash", "userId", "expiresAt")
   VALUES (${id('session', '1')}, sha256('${watched.session}'), ${id('person', '1')}, now() + interval '1 day')`,
  `INSERT INTO "Credential" (id, "organizationId", client, "accountId", type, sealed, "issuedAt")
   SELECT ${id('credential', 'n')}, ${organization()}, 'github', n::text, 'oauth2', repeat('x', 900), now()
   FROM generate_series(1, $1::int) n`,
  `INSERT INTO "Connection" (id, "organizationId", provider, slot, "slotKey", "userId", method, "credentialId", "accountId",
     "accountLabel", status, since, "scopesRequested", "scopesGranted", "createdById")
   SELECT ${id('connection', 'n')}, ${organization()}, 'github', CASE WHEN ${isOwn} THEN 'organization' ELSE 'user' END,
     CASE WHEN ${isOwn} THEN 'organization' ELSE ${id('person', 'n')}::text END,
     CASE WHEN ${isOwn} THEN NULL ELSE ${id('person', 'n')} END, 'oauth2', ${id('credential', 'n')}, n::text,
     '@person-' || n, 'connected', now(), '{repo,read:user}', '{repo,read:user}', ${id('person', 'n')}
   FROM generate_series(1, $1::int) n`,
  'VACUUM ANALYZE',
]
