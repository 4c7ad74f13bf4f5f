import { withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { allowDeleting, allowSeeing } from './policy.ts'

/** Removes a board and what stands on it. */
export async function deleteBoard(actor: Actor, boardId: string): Promise<void> {
  allowSeeing(actor)
  await withOrg(actor, async (db) => {
    const board = await db.board.findFirst({ where: { id: boardId }, select: { createdById: true } })
    if (!board) throw new Problem('not-found')
    allowDeleting(actor, board)
    await db.board.deleteMany({ where: { id: boardId } })
  })
}
