import { Prisma, readAsOrg } from '#lib/platform/db.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Slot } from '#lib/providers/define-auth.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import type { Switches } from './policy.ts'

type Through = { id: string; slot: Slot; provider: Pick<Provider, 'sharing'> }
type Row = { resourceId: string; onBoards: boolean }

const none: Switches = new Map()

/**
 * What admins turned on or off of a connection, as it is now: one statement, and none for a connection that is a member's
 * own or of a provider where nothing is switched. Read after the provider has answered: what was turned off meanwhile stays out.
 */
export async function readSwitches(actor: Actor, { id, slot, provider }: Through): Promise<Switches> {
  if (slot === 'user' || !provider.sharing) return none
  const rows = await readAsOrg<Row>(
    actor,
    Prisma.sql`
      SELECT "resourceId", "onBoards" FROM "SharedResource"
      WHERE "organizationId" = ${actor.organizationId}::uuid AND "connectionId" = ${id}::uuid AND kind = ${provider.sharing.kind}`,
  )
  return new Map(rows.map(({ resourceId, onBoards }) => [resourceId, onBoards]))
}
