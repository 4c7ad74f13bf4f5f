import type { Db } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { sight } from './policy.ts'

/** A connection of which the caller may know that it is there; what they may do with it is asked after. Throws `not-found`. */
export async function findVisible(db: Db, actor: Actor, id: string) {
  const connection = await db.connection.findFirst({ where: { id } })
  if (!connection || (actor.kind !== 'job' && sight(actor, connection) === 'none')) throw new Problem('not-found')
  return connection
}
