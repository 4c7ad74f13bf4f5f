import type { Db } from '#lib/platform/db.ts'

/**
 * Wipes a credential, in the caller's transaction, unless a connection besides `except` still lives on it.
 * The row stays, empty, so that its version keeps counting. Returns whether it was wiped.
 */
export async function forgetCredential(db: Db, credentialId: string, except: string): Promise<boolean> {
  const others = await db.connection.count({ where: { credentialId, id: { not: except } } })
  if (others > 0) return false
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
