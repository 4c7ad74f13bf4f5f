import { maySeeBoards } from '#lib/boards/policy.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { RoleName } from '#lib/tenancy/schema.ts'

type Holder = { role: RoleName | null; userId: string | null }

/** Who sees a board may ask it. Throws `not-found` for anybody else: to them there is none. */
export function allowAsking(actor: Holder): asserts actor is Holder & { userId: string } {
  if (!maySeeBoards(actor) || actor.userId === null) throw new Problem('not-found')
}
