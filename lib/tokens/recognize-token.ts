import { record } from '#lib/audit/record.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, withSystem } from '#lib/platform/db.ts'
import { sha256 } from '#lib/platform/hmac.ts'
import { log } from '#lib/platform/log.ts'
import { Problem } from '#lib/platform/problem.ts'
import { spend } from '#lib/platform/rate-limit.ts'
import type { Origin, Person } from '#lib/tenancy/actor.ts'
import type { RoleName } from '#lib/tenancy/schema.ts'
import { limits, mayHoldTokens, scopeMissing } from './policy.ts'
import type { Scope } from './schema.ts'
import { refusalOf, refusals, type Standing } from './status.ts'

const USED_EVERY_MS = 60 * 1000

/** Somebody who came with a token. */
export type Bearer = Person & { token: NonNullable<Person['token']> }

type Row = Omit<Standing, 'isMember' | 'mayHold'> & {
  tokenId: string
  tokenName: string
  scopes: string[]
  organizationId: string
  usedAt: Date | null
  leftAt: Date | null
  role: RoleName
  whoMayMakeTokens: string
  id: string
  name: string
  email: string
  emailConfirmed: boolean
}

/**
 * The person a token acts as, at this moment. Throws `token-not-accepted` for one that is unknown, expired, revoked or rolled,
 * or whose maker may not have it any more; and `too-many-requests` for who keeps trying such.
 */
export async function recognizeToken(value: string, origin: Origin): Promise<Bearer> {
  const row = await withSystem('token lookup', (db) => findRow(db, sha256(value)))
  if (!row) {
    await spend(limits.refused, origin.ip ?? 'nobody')
    throw new Problem('token-not-accepted', 'There is no such token. Copy the whole value, or make another.')
  }
  const person = toBearer(row, origin)
  const mayHold = mayHoldTokens(row, row.whoMayMakeTokens)
  const refusal = refusalOf({ ...row, isMember: row.leftAt === null, mayHold }, now())
  if (refusal) {
    await spend(limits.refused, origin.ip ?? 'nobody')
    await noteRefusal(person, refusal)
    throw new Problem('token-not-accepted', refusals[refusal])
  }
  await noteUse(row, origin).catch((error: unknown) => log.warn({ error }, 'a use of a token was not noted'))
  return person
}

async function findRow(db: Db, hash: Uint8Array<ArrayBuffer>): Promise<Row | undefined> {
  // one statement: it runs at every request
  const [row] = await db.$queryRaw<Row[]>`
    SELECT t.id AS "tokenId", t.name AS "tokenName", t.scopes, t."organizationId", t."revokedAt", t."expiresAt", t."previousUntil",
      t."tokenHash" = ${hash} AS "isCurrent", l.at AS "usedAt", m."leftAt", m.role::text AS role, o."whoMayMakeTokens",
      u.id, u.name, u.email, u."emailConfirmedAt" IS NOT NULL AS "emailConfirmed"
    FROM "ApiToken" t
      JOIN "Organization" o ON o.id = t."organizationId"
      JOIN "Membership" m ON m."organizationId" = t."organizationId" AND m."userId" = t."createdById"
      JOIN "User" u ON u.id = t."createdById"
      LEFT JOIN "ApiTokenUse" l ON l."organizationId" = t."organizationId" AND l."tokenId" = t.id
    WHERE t."tokenHash" = ${hash} OR t."previousHash" = ${hash}`
  return row
}

const toBearer = (row: Row, origin: Origin): Bearer => ({
  id: row.id,
  name: row.name,
  email: row.email,
  emailConfirmed: row.emailConfirmed,
  sessionId: null,
  token: { id: row.tokenId, name: row.tokenName, scopes: row.scopes, organizationId: row.organizationId },
  origin,
})

/** Once a minute at most: a script may come many times a second. */
async function noteUse({ organizationId, tokenId, usedAt }: Row, { ip }: Origin): Promise<void> {
  const at = now()
  if (usedAt && at.getTime() - usedAt.getTime() < USED_EVERY_MS) return
  await withSystem(
    'token lookup',
    (db) => db.$executeRaw`
      INSERT INTO "ApiTokenUse" ("organizationId", "tokenId", at, ip) VALUES (${organizationId}::uuid, ${tokenId}::uuid, ${at}, ${ip})
      ON CONFLICT ("organizationId", "tokenId") DO UPDATE SET at = excluded.at, ip = excluded.ip`,
  )
}

/** Writes into the audit log that a token was refused, once an hour for each reason: a script may try without end. */
async function writeRefusal({ token, ...person }: Bearer, reason: string): Promise<void> {
  await spend(limits.refusalNoted, `${token.id} ${reason}`)
  const author = {
    organizationId: token.organizationId,
    kind: 'token' as const, // a word of a union
    userId: person.id,
    name: person.name,
    token: token.name,
    origin: person.origin,
  }
  const subject = { kind: 'api_token', id: token.id, name: token.name }
  await withSystem('token lookup', (db) =>
    record(db, author, 'token.refused', subject, { result: 'refused', after: { reason } }),
  )
}

/** A refusal stays one also where it cannot be written down. */
const noteRefusal = (bearer: Bearer, reason: string): Promise<void> =>
  writeRefusal(bearer, reason).catch((error: unknown) => {
    if (error instanceof Problem && error.kind === 'too-many-requests') return // noted within the hour
    log.error({ error, token: bearer.token.id, reason }, 'a refusal of a token was not noted')
  })

/**
 * Throws `scope-missing` unless the token has the scope of what it came for; `forbidden` where no token may come, and what
 * to do instead. `any` is for what tells a token no more than who it is.
 */
export async function demandScope(bearer: Bearer, role: RoleName | null, scope: Scope | 'any' | null): Promise<void> {
  if (scope === 'any') return
  if (scope === null) {
    await noteRefusal(bearer, 'not for tokens')
    throw new Problem('forbidden', 'API tokens cannot do this. Sign in to Plugboard in a browser and do it there.')
  }
  if (bearer.token.scopes.includes(scope)) return
  await noteRefusal(bearer, `lacks ${scope}`)
  throw scopeMissing(scope, bearer.token.name, { name: bearer.name, role })
}
