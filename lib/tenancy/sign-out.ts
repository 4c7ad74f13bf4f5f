import { withSystem } from '#lib/platform/db.ts'
import { sha256 } from '#lib/platform/hmac.ts'

/** Ends the session with this token: no copy of its cookie opens anything from now on. */
export async function signOut(token: string): Promise<void> {
  await withSystem('sign-in', (db) => db.session.deleteMany({ where: { idHash: sha256(token) } }))
}
