import { type Db, Prisma, withOrg } from '#lib/platform/db.ts'
import { findProvider } from '#lib/providers/registry.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { may } from '#lib/tenancy/policy.ts'
import { findVisible } from './find-visible.ts'
import type { ImpactView } from './leave-schema.ts'
import { allowDisconnect, mayConnect, whoMayConnect } from './policy.ts'

/** How many boards are named. */
const NAMED = 50

type Shown = ImpactView['shownOn'][number]

const boardsWith = (db: Db, { organizationId }: Actor, provider: string): Promise<Shown[]> =>
  db.$queryRaw(Prisma.sql`
    SELECT b.id, b.name, count(*)::int AS cards
    FROM "BoardObject" o
    JOIN "Reference" r ON r."organizationId" = o."organizationId" AND r.id = o."referenceId"
    JOIN "Board" b ON b."organizationId" = o."organizationId" AND b.id = o."boardId"
    WHERE o."organizationId" = ${organizationId}::uuid AND r.provider = ${provider}
    GROUP BY b.id, b.name ORDER BY cards DESC, b.name, b.id`)

/** Whoever may end a connection, or take another account for it, may know what that touches. */
async function allowKnowing(db: Db, actor: Actor, connection: Awaited<ReturnType<typeof findVisible>>): Promise<void> {
  const connector = await db.connector.findFirst({ where: { provider: connection.provider } })
  const isShared = connection.slot === 'organization'
  if (isShared && mayConnect(actor, 'organization', whoMayConnect(actor.organization, connector))) return
  allowDisconnect(actor, connection)
}

/**
 * What disconnecting would touch, counted before the question is asked. Boards read through a member's own account where
 * the provider has one: then the organization's connection touches none. Throws `not-found` and `forbidden`.
 */
export async function impact(actor: Actor, id: string): Promise<ImpactView> {
  return withOrg(actor, async (db) => {
    const connection = await findVisible(db, actor, id)
    await allowKnowing(db, actor, connection)
    const slot = connection.slot === 'user' ? 'user' : 'organization'
    const provider = findProvider(connection.provider)
    const readsCards = slot === 'user' || !provider?.slots.includes('user')
    // a guest sees no board, and learns of none here
    const shownOn = readsCards && may(actor, 'hub.see') ? await boardsWith(db, actor, connection.provider) : []
    return {
      slot,
      readsCards,
      boards: shownOn.length,
      cards: shownOn.reduce((sum, { cards }) => sum + cards, 0),
      shownOn: shownOn.slice(0, NAMED),
      answers: provider?.converse !== undefined,
      projects: [],
      rules: 0,
    }
  })
}
