import { type Db, Prisma } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import type { Placed } from './place-objects.ts'

/** The objects of a board and where they stand. */
export const findPlaces = (db: Db, boardId: string): Promise<Placed[]> =>
  db.boardObject.findMany({ where: { boardId }, select: { id: true, type: true, sectionId: true, position: true } })

/** Writes the places that changed, in one statement. */
export async function writePlaces(db: Db, actor: Actor, moved: readonly Placed[]): Promise<void> {
  if (moved.length === 0) return
  await db.$executeRaw(Prisma.sql`
    UPDATE "BoardObject" o SET position = p.position, "sectionId" = p.section
    FROM unnest(${moved.map(({ id }) => id)}::uuid[], ${moved.map(({ position }) => position)}::int[],
      ${moved.map(({ sectionId }) => sectionId)}::uuid[]) AS p(id, position, section)
    WHERE o."organizationId" = ${actor.organizationId}::uuid AND o.id = p.id`)
}
