import { Problem } from '#lib/platform/problem.ts'
import { allow, may } from '#lib/tenancy/policy.ts'
import type { RoleName } from '#lib/tenancy/schema.ts'

type Holder = { role: RoleName | null; userId: string | null }

/** The most objects one board holds; beyond it neither the outline nor a provider's limits would bear it. */
export const MAX_OBJECTS = 500

/** Guests see the boards that were shared with them, and no board can be shared yet. */
export const maySeeBoards = (actor: Holder): boolean => may(actor, 'boards.see') && actor.role !== 'guest'

/** Who may change what stands on boards. */
export const mayEditBoards = (actor: Holder): boolean => maySeeBoards(actor) && may(actor, 'boards.edit')

/** Throws `not-found` for somebody who may see no board: to them none exists. */
export function allowSeeing(actor: Holder): void {
  if (!maySeeBoards(actor)) throw new Problem('not-found')
}

/** Throws `forbidden` for somebody who only reads boards. */
export function allowEditing(actor: Holder): void {
  allow(actor, 'boards.edit')
}

/** Throws `forbidden` unless the actor made the board or is an owner or admin: deleting takes everybody's work along. */
export function allowDeleting(actor: Holder, board: { createdById: string }): void {
  allowEditing(actor)
  if (actor.role === 'owner' || actor.role === 'admin' || actor.userId === board.createdById) return
  throw new Problem('forbidden', 'Only the person who made this board, an owner or an admin can delete it.')
}
