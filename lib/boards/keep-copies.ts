import { type Db, Prisma, withOrg } from '#lib/platform/db.ts'
import { seal, unseal } from '#lib/platform/seal.ts'
import { ResourceView } from '#lib/resources/schema.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import type { SealedColumn } from '#lib/vault/reseal.ts'

/** A viewer's own last sight of a reference, still sealed. `sealed` is null once it was wiped: that they saw it is kept. */
export type Copy = {
  referenceId: string
  connectionId: string
  /** The account the connection has now; a copy that was read as another one does not open. */
  accountId: string
  /** Since when the connection stands as it does: a change of account is one such moment. */
  since: Date
  sealed: string | null
  fetchedAt: Date
  seenAt: Date
}

type Viewer = { organizationId: string; userId: string }

const binding = ({ organizationId, userId }: Viewer, referenceId: string, accountId: string) => [
  'CardCopy',
  organizationId,
  userId,
  referenceId,
  'sealed',
  accountId,
]

/** Where the copies are, for a change of the key that seals them. One that was read as another account is not opened any more. */
export const sealedCopies: SealedColumn<Viewer & { referenceId: string; accountId: string }> = {
  what: 'card copies',
  table: 'CardCopy',
  column: 'sealed',
  key: ['userId', 'referenceId'],
  rows: Prisma.sql`
    SELECT k."organizationId", k."userId", k."referenceId", k.sealed AS value, c."accountId"
    FROM "CardCopy" k JOIN "Connection" c ON c."organizationId" = k."organizationId" AND c.id = k."connectionId"`,
  binding: (copy) => binding(copy, copy.referenceId, copy.accountId),
}

/** This viewer's copies of some references; never anybody else's. */
export async function findCopies(db: Db, userId: string, referenceIds: string[]): Promise<Map<string, Copy>> {
  const copies = await db.cardCopy.findMany({
    where: { userId, referenceId: { in: referenceIds } },
    select: {
      referenceId: true,
      connectionId: true,
      sealed: true,
      fetchedAt: true,
      seenAt: true,
      connection: { select: { accountId: true, since: true } },
    },
  })
  return new Map(copies.map(({ connection, ...copy }) => [copy.referenceId, { ...copy, ...connection }]))
}

/** Opens a copy for the viewer it was sealed for, as the account it was read with; null for anybody else, and when it was wiped. */
export async function openCopy(viewer: Viewer, copy: Copy): Promise<ResourceView | null> {
  if (copy.sealed === null) return null
  const text = await unseal(copy.sealed, binding(viewer, copy.referenceId, copy.accountId))
  if (text === null) return null
  const parsed = ResourceView.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : null
}

/**
 * Whether this viewer saw the thing as the account they read with now. A wiped copy no longer tells its account: it counts
 * only if nothing has happened to the connection since, and so may be taken for unseen, never the other way round.
 */
export async function wasSeen(viewer: Viewer, copy: Copy): Promise<boolean> {
  if (copy.sealed === null) return copy.seenAt >= copy.since
  return (await openCopy(viewer, copy)) !== null
}

type Sight = { referenceId: string; resource: ResourceView; accountId: string; at: Date }

/**
 * Keeps what a viewer has just read, and wipes what they may no longer see, in one transaction. Nothing is kept for a
 * connection that is being left or has changed its account, or a member who has gone: their rows are locked, so a wipe comes before or after, never between.
 */
export async function keepCopies(
  actor: Actor & { userId: string },
  connectionId: string,
  { seen, lost }: { seen: readonly Sight[]; lost: readonly string[] },
): Promise<void> {
  if (seen.length === 0 && lost.length === 0) return
  const sealed = await Promise.all(
    seen.map(({ referenceId, resource, accountId }) =>
      seal(JSON.stringify(resource), binding(actor, referenceId, accountId)),
    ),
  )
  await withOrg(actor, async (db) => {
    // the connection before its copies, as disconnecting locks them
    if (seen.length > 0) await db.$executeRaw(insertion(actor, connectionId, seen, sealed))
    if (lost.length > 0)
      await db.cardCopy.updateMany({
        where: { userId: actor.userId, referenceId: { in: [...lost] }, sealed: { not: null } },
        data: { sealed: null },
      })
  })
}

const insertion = (
  { organizationId, userId }: Viewer,
  connectionId: string,
  seen: readonly Sight[],
  sealed: readonly string[],
): Prisma.Sql => Prisma.sql`
  INSERT INTO "CardCopy" ("organizationId", "userId", "referenceId", "connectionId", sealed, "fetchedAt", "seenAt")
  SELECT r."organizationId", m."userId", r.id, c.id, s.sealed, s.at, s.at
  FROM unnest(${seen.map(({ referenceId }) => referenceId)}::uuid[], ${seen.map(({ accountId }) => accountId)}::text[],
    ${sealed}::text[], ${seen.map(({ at }) => at)}::timestamptz[]) AS s("referenceId", "accountId", sealed, at)
  JOIN "Reference" r ON r."organizationId" = ${organizationId}::uuid AND r.id = s."referenceId"
  JOIN "Connection" c ON c."organizationId" = r."organizationId" AND c.id = ${connectionId}::uuid
    AND c."accountId" = s."accountId" AND c.status NOT IN ('disconnecting', 'disconnected')
  JOIN "Membership" m ON m."organizationId" = r."organizationId" AND m."userId" = ${userId}::uuid AND m."leftAt" IS NULL
  ORDER BY r.id FOR SHARE OF c, m
  ON CONFLICT ("organizationId", "userId", "referenceId") DO UPDATE
    SET "connectionId" = excluded."connectionId", sealed = excluded.sealed,
      "fetchedAt" = excluded."fetchedAt", "seenAt" = excluded."seenAt"`
