import { Prisma, withOrg } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { findVisible } from './find-visible.ts'
import { allowDisconnect } from './policy.ts'
import type { ImpactView } from './schema.ts'

/** What disconnecting would touch, counted before the question is asked. */
export async function impact(actor: Actor, id: string): Promise<ImpactView> {
  return withOrg(actor, async (db) => {
    const connection = await findVisible(db, actor, id)
    allowDisconnect(actor, connection)
    const [counted] = await db.$queryRaw<{ boards: number; cards: number }[]>(Prisma.sql`
      SELECT count(DISTINCT o."boardId")::int AS boards, count(*)::int AS cards
      FROM "BoardObject" o JOIN "Reference" r ON r."organizationId" = o."organizationId" AND r.id = o."referenceId"
      WHERE o."organizationId" = ${actor.organizationId}::uuid AND r.provider = ${connection.provider}`)
    return {
      slot: connection.slot === 'user' ? 'user' : 'organization',
      boards: counted?.boards ?? 0,
      cards: counted?.cards ?? 0,
      projects: [],
      rules: 0,
    }
  })
}
