import type { Actor } from '#lib/tenancy/actor.ts'
import { changeBoard } from './change-board.ts'
import { readBoard } from './queries.ts'
import type { BoardView } from './schema.ts'

/** Gives a board another name. */
export async function renameBoard(actor: Actor, boardId: string, name: string): Promise<BoardView> {
  await changeBoard(actor, boardId, (db) => db.board.updateMany({ where: { id: boardId }, data: { name } }))
  return readBoard(actor, boardId)
}
