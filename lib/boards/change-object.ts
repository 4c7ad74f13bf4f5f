import { now } from '#lib/platform/clock.ts'
import { fieldProblem, Problem } from '#lib/platform/problem.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { changeBoard } from './change-board.ts'
import { changed, type Placed, place, step } from './place-objects.ts'
import { readObject } from './queries.ts'
import type { ObjectPatch, ObjectView } from './schema.ts'
import { findPlaces, writePlaces } from './write-places.ts'

/** Throws for a field that an object of this type does not have. */
function refuseForeign(type: string, { text, caption, size }: ObjectPatch): void {
  if (text !== undefined && type === 'reference') throw fieldProblem('text', 'A reference has a caption, not a text.')
  if (caption !== undefined && type !== 'reference') throw fieldProblem('caption', 'Only a reference has a caption.')
  if (size !== undefined && type !== 'reference') throw fieldProblem('size', 'Only a reference has a size.')
}

function moved(before: readonly Placed[], object: Placed, { move, section, after }: ObjectPatch): readonly Placed[] {
  if (move && (section !== undefined || after)) throw fieldProblem('move', 'Send either move, or section and after.')
  if (move) return step(before, object.id, move)
  if (section === undefined && !after) return before
  const target = section === undefined ? object.sectionId : section
  return place(before, object, { section: target, after })
}

/** Changes an object's text, caption or size, or where it stands. The last write of a field wins. */
export async function changeObject(
  actor: Actor,
  boardId: string,
  objectId: string,
  patch: ObjectPatch,
): Promise<ObjectView> {
  const { userId } = actor
  if (!userId) throw new Problem('forbidden')
  return changeBoard(actor, boardId, async (db) => {
    const before = await findPlaces(db, boardId)
    const object = before.find(({ id }) => id === objectId)
    if (!object) throw new Problem('not-found')
    refuseForeign(object.type, patch)
    const text = object.type === 'reference' ? patch.caption : patch.text
    await writePlaces(db, actor, changed(before, moved(before, object, patch)))
    await db.boardObject.updateMany({
      where: { id: objectId },
      data: {
        ...(text === undefined ? {} : { text: text || null }),
        ...(patch.size ? { size: patch.size } : {}),
        version: { increment: 1 },
        updatedAt: now(),
        updatedById: userId,
      },
    })
    return readObject(db, boardId, objectId)
  })
}
