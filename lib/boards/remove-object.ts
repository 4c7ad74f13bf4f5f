import { Problem } from '#lib/platform/problem.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { findPlaces, writePlaces } from './add-object.ts'
import { changeBoard } from './change-board.ts'
import { changed, takeOut } from './place-objects.ts'

/** Takes an object off a board, with the connectors that joined it. What a removed section held stays, in its place. */
export async function removeObject(actor: Actor, boardId: string, objectId: string): Promise<void> {
  await changeBoard(actor, boardId, async (db) => {
    const before = await findPlaces(db, boardId)
    if (!before.some(({ id }) => id === objectId)) throw new Problem('not-found')
    const joining = await db.boardObject.findMany({
      where: { boardId, OR: [{ fromId: objectId }, { toId: objectId }] },
      select: { id: true },
    })
    const after = joining.reduce((objects, { id }) => takeOut(objects, id), takeOut(before, objectId))
    await writePlaces(db, actor, changed(before, after))
    await db.boardObject.deleteMany({ where: { id: { in: joining.map(({ id }) => id) } } })
    await db.boardObject.deleteMany({ where: { id: objectId } })
  })
}
