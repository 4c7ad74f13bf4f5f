import { now } from '#lib/platform/clock.ts'
import { type Db, Prisma } from '#lib/platform/db.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { sealGrant } from './grant.ts'

/**
 * `replaces`: the Credential that the slot stands on until now, whose end belongs to the same commit. `keptAt`: where nothing
 * is said of it, the note of a secret that this one takes the place of goes on. `made`: when and by whom the grant came and
 * what is known of its age, where that was not now and by the actor.
 */
export type Put = {
  client: string
  accountId: string
  type: string
  grant: Grant
  replaces: string | null
  keptAt?: string | null
  made?: Made
}
type Made = {
  issuedAt: Date
  createdById: string | null
  suspectedAt: Date | null
  suspectedById: string | null
  rotationTold: number | null
}
type Place = { id: string; version: number; keptAt: string | null }
type Found = Place & { client: string; accountId: string; type: string; isThere: boolean }

const madeNow = ({ userId }: Actor): Made => ({
  issuedAt: now(),
  createdById: userId,
  suspectedAt: null,
  suspectedById: null,
  rotationTold: null,
})

/**
 * The row for a client and an account, ours until the commit, with the one it replaces (by id, so that two who swap accounts
 * do not wait for each other). One that was not there is made empty first: of two at once the later waits, and counts on.
 */
async function takePlace(db: Db, actor: Actor, { client, accountId, type, replaces }: Put): Promise<Place> {
  const { organizationId } = actor
  await db.credential.createMany({
    data: [{ organizationId, client, accountId, type, version: 0, issuedAt: now() }],
    skipDuplicates: true,
  })
  const found = await db.$queryRaw<Found[]>(Prisma.sql`
    SELECT id, version, client, "accountId", type, "keptAt", sealed IS NOT NULL AS "isThere" FROM "Credential"
    WHERE "organizationId" = ${organizationId}::uuid
      AND (id = ${replaces}::uuid OR (client = ${client} AND "accountId" = ${accountId}))
    ORDER BY id FOR UPDATE`)
  const place = found.find((row) => row.client === client && row.accountId === accountId)
  if (!place) throw new Error('a credential that was made is not there')
  const replaced = found.find((row) => row.id === replaces && row.type === type && row.isThere)
  return { ...place, keptAt: replaced?.keptAt ?? null }
}

/**
 * Keeps a grant, sealed, in the caller's transaction: one Credential per client and provider account of the organization.
 * A grant that is already there is replaced, its version raised, so that whoever holds the old one notices. Returns its id.
 */
export async function putCredential(db: Db, actor: Actor, put: Put): Promise<string> {
  const { type, grant, keptAt, made = madeNow(actor) } = put
  const { organizationId } = actor
  const place = await takePlace(db, actor, put)
  const { id } = place
  const version = place.version + 1
  await db.credential.update({
    where: { id },
    data: {
      type,
      version,
      sealed: await sealGrant(grant, { organizationId, id, version }),
      endsWith: type === 'oauth2' ? null : grant.token.slice(-4),
      expiresAt: grant.expiresAt ?? null,
      refreshable: grant.refreshToken !== undefined,
      leaseId: null,
      leaseUntil: null,
      sentAt: null,
      failures: 0,
      retryAt: null,
      keptAt: keptAt ?? place.keptAt,
      ...made,
    },
  })
  return id
}
