import { now } from '#lib/platform/clock.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { allowEditing, allowSeeing } from './policy.ts'

/**
 * Changes a board: raises its version, which also keeps other changes of it waiting until this one has ended.
 * Throws `not-found` where the actor may not see the board, `forbidden` where they may only read it.
 */
export async function changeBoard<T>(actor: Actor, boardId: string, work: (db: Db) => Promise<T>): Promise<T> {
  allowSeeing(actor)
  return withOrg(actor, async (db) => {
    if ((await db.board.count({ where: { id: boardId } })) === 0) throw new Problem('not-found')
    allowEditing(actor)
    const { count } = await db.board.updateMany({
      where: { id: boardId },
      data: { version: { increment: 1 }, updatedAt: now() },
    })
    if (count === 0) throw new Problem('not-found')
    return work(db)
  })
}
