import { z } from 'zod'
import { now } from '#lib/platform/clock.ts'
import type { Db } from '#lib/platform/db.ts'
import { fieldProblem, Problem } from '#lib/platform/problem.ts'
import { type Binding, unseal } from '#lib/platform/seal.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { changeBoard } from './change-board.ts'
import { changed, insert, type Placed, place } from './place-objects.ts'
import { MAX_OBJECTS } from './policy.ts'
import { readObject } from './queries.ts'
import type { ObjectView } from './schema.ts'
import { findPlaces, writePlaces } from './write-places.ts'

const Row = z.object({
  id: z.uuid(),
  type: z.string(),
  sectionId: z.uuid().nullable(),
  position: z.number().int(),
  text: z.string().nullable(),
  size: z.string(),
  referenceId: z.uuid().nullable(),
  fromId: z.uuid().nullable(),
  toId: z.uuid().nullable(),
  createdById: z.uuid(),
  createdAt: z.coerce.date(),
})
type Row = z.infer<typeof Row>

/** An object as it was taken off a board, the connectors that went with it and what it held as a section. */
export const Removed = z.object({ object: Row, connectors: z.array(Row), contents: z.array(z.uuid()) })
export type Removed = z.infer<typeof Removed>

/** Whose undo it is, and of which board. */
export const removedBinding = (of: { organizationId: string; userId: string; boardId: string }): Binding => [
  'BoardObject',
  of.organizationId,
  of.boardId,
  of.userId,
  'removed',
]

async function open(undo: string, binding: Binding): Promise<Removed> {
  const text = await unseal(undo, binding)
  if (text === null) throw fieldProblem('undo', 'This undo is not yours, or belongs to another board.')
  return Removed.parse(JSON.parse(text))
}

/** Where everything stands once the removed stands again: as before, as far as the board still is as it was. */
function placesOf(before: readonly Placed[], { object, contents }: Removed, connectors: readonly Row[]): Placed[] {
  const stands = (id: string | null) => before.some((one) => one.id === id && one.type === 'section')
  const own = { ...object, sectionId: stands(object.sectionId) ? object.sectionId : null }
  const withObject = insert(before, own)
  const loose = contents.flatMap((id) => withObject.find((one) => one.id === id && one.sectionId === null) ?? [])
  const filled = loose.reduce((all: Placed[], one) => place(all, one, { section: object.id }), withObject)
  return connectors.reduce((all: Placed[], connector) => insert(all, connector), filled)
}

async function putBack(db: Db, actor: Actor & { userId: string }, boardId: string, removed: Removed): Promise<void> {
  const before = await findPlaces(db, boardId)
  const { object } = removed
  const isThere = (id: string | null) => id === object.id || before.some((one) => one.id === id)
  if (before.some(({ id }) => id === object.id)) throw new Problem('already-exists', 'This stands on the board again.')
  const connectors = removed.connectors.filter((one) => isThere(one.fromId) && isThere(one.toId) && !isThere(one.id))
  if (object.type === 'connector' && !(isThere(object.fromId) && isThere(object.toId)))
    throw new Problem('conflict', 'What this connector joined is gone.')
  if (before.length + 1 + connectors.length > MAX_OBJECTS) throw fieldProblem('undo', 'The board is full by now.')
  const after = placesOf(before, removed, connectors)
  const places = new Map(after.map((one) => [one.id, one]))
  await db.boardObject.createMany({
    data: [object, ...connectors].map((row) => ({
      ...row,
      sectionId: places.get(row.id)?.sectionId ?? null,
      position: places.get(row.id)?.position ?? 0,
      organizationId: actor.organizationId,
      boardId,
      updatedAt: now(),
      updatedById: actor.userId,
    })),
  })
  await writePlaces(db, actor, changed(before, after))
}

/**
 * Puts what this person took off a board back, with its connectors and contents, where it stood. Throws `already-exists`
 * when it is back, `conflict` when what it joined is gone, `fields-not-accepted` for an undo that is not theirs.
 */
export async function restoreObject(actor: Actor, boardId: string, undo: string): Promise<ObjectView> {
  const { organizationId, userId } = actor
  if (!userId) throw new Problem('forbidden')
  const removed = await open(undo, removedBinding({ organizationId, userId, boardId }))
  return changeBoard(actor, boardId, async (db) => {
    await putBack(db, { ...actor, userId }, boardId, removed)
    return readObject(db, boardId, removed.object.id)
  })
}
