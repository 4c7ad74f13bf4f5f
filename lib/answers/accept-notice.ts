import { now } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { allowAsking } from './policy.ts'
import { readAsk } from './queries.ts'
import type { AskView } from './schema.ts'

/** Notes that this person has read what asking a board sends away; the first time counts. */
export async function acceptNotice(actor: Actor, boardId: string): Promise<AskView> {
  allowAsking(actor)
  const { userId } = actor
  await withOrg(actor, (db) =>
    db.membership.updateMany({ where: { userId, askNoticeAt: null }, data: { askNoticeAt: now() } }),
  )
  return readAsk(actor, boardId)
}
