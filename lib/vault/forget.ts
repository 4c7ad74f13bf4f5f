import { type Db, Prisma } from '#lib/platform/db.ts'

/** A credential that nobody can change before the caller's commit. `isLeased`: a refresh of it is under way. */
export type Locked = { version: number; isLeased: boolean; others: number }

/**
 * Takes a credential until the caller's commit: before the rows of its connections, so that no two wait for each other. Also
 * counts the connections besides `except` that live on it; of two that leave together only one is not the last.
 */
export async function lockCredential(db: Db, credentialId: string, except: string): Promise<Locked | null> {
  const [row] = await db.$queryRaw<Omit<Locked, 'others'>[]>(Prisma.sql`
    SELECT version, coalesce("leaseUntil" > clock_timestamp(), FALSE) AS "isLeased"
    FROM "Credential" WHERE id = ${credentialId}::uuid FOR UPDATE`)
  if (!row) return null
  const others = await db.connection.count({ where: { credentialId, id: { not: except } } })
  return { ...row, others }
}

/**
 * Wipes a credential, in the caller's transaction, unless a connection besides `except` still lives on it.
 * The row stays, empty, so that its version keeps counting. Returns whether it was wiped.
 */
export async function forgetCredential(db: Db, credentialId: string, except: string): Promise<boolean> {
  const locked = await lockCredential(db, credentialId, except)
  if (!locked || locked.others > 0) return false
  await db.credential.update({
    where: { id: credentialId },
    data: {
      sealed: null,
      refreshable: false,
      expiresAt: null,
      endsWith: null,
      version: { increment: 1 },
      leaseId: null,
      leaseUntil: null,
      sentAt: null,
    },
  })
  return true
}
