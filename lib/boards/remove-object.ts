import type { Db } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import { seal } from '#lib/platform/seal.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { changeBoard } from './change-board.ts'
import { changed, takeOut } from './place-objects.ts'
import { type Removed, removedBinding } from './restore-object.ts'
import type { RemovedView } from './schema.ts'
import { findPlaces, writePlaces } from './write-places.ts'

const kept = {
  id: true,
  type: true,
  sectionId: true,
  position: true,
  text: true,
  size: true,
  referenceId: true,
  fromId: true,
  toId: true,
  createdById: true,
  createdAt: true,
} as const

async function takeOff(db: Db, actor: Actor, boardId: string, objectId: string): Promise<Removed> {
  const before = await findPlaces(db, boardId)
  const object = await db.boardObject.findFirst({ where: { id: objectId, boardId }, select: kept })
  if (!object) throw new Problem('not-found')
  const connectors = await db.boardObject.findMany({
    where: { boardId, OR: [{ fromId: objectId }, { toId: objectId }] },
    select: kept,
    orderBy: { position: 'asc' },
  })
  const contents = before.filter(({ sectionId }) => sectionId === objectId).sort((a, b) => a.position - b.position)
  const after = connectors.reduce((objects, { id }) => takeOut(objects, id), takeOut(before, objectId))
  await writePlaces(db, actor, changed(before, after))
  await db.boardObject.deleteMany({ where: { id: { in: connectors.map(({ id }) => id) } } })
  await db.boardObject.deleteMany({ where: { id: objectId } })
  return { object, connectors, contents: contents.map(({ id }) => id) }
}

/**
 * Takes an object off a board, with the connectors that joined it. What a removed section held stays, in its place.
 * Returns what puts it back, sealed: it holds what others may not know or forge.
 */
export async function removeObject(actor: Actor, boardId: string, objectId: string): Promise<RemovedView> {
  const { organizationId, userId } = actor
  if (!userId) throw new Problem('forbidden')
  const removed = await changeBoard(actor, boardId, (db) => takeOff(db, actor, boardId, objectId))
  return { undo: await seal(JSON.stringify(removed), removedBinding({ organizationId, userId, boardId })) }
}
