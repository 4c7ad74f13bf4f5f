import { now } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { allowEditing, allowSeeing } from './policy.ts'
import { readBoard } from './queries.ts'
import type { BoardView } from './schema.ts'

/** Makes an empty board. */
export async function createBoard(actor: Actor, name: string): Promise<BoardView> {
  allowSeeing(actor)
  allowEditing(actor)
  const { organizationId, userId } = actor
  if (!userId) throw new Problem('forbidden', 'A board is made by a person.')
  const { id } = await withOrg(actor, (db) =>
    db.board.create({ data: { organizationId, name, createdById: userId, createdAt: now(), updatedAt: now() } }),
  )
  return readBoard(actor, id)
}
