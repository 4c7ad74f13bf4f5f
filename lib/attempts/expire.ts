import { inFuture, now } from '#lib/platform/clock.ts'
import { withOrg, withSystem } from '#lib/platform/db.ts'
import { log } from '#lib/platform/log.ts'
import { type Actor, jobActor } from '#lib/tenancy/actor.ts'
import { emptyAttempt } from './end.ts'
import { unfinished } from './status.ts'

/** Whoever ends an attempt empties it within this, unless it breaks. */
const EMPTIED_WITHIN_MS = 60_000

/** First the end, so that nobody keeps the grant any more. */
async function expire(actor: Actor, id: string): Promise<void> {
  await withOrg(actor, (db) =>
    db.connectAttempt.updateMany({
      where: { id, status: { in: [...unfinished] } },
      data: { status: 'timed_out', problem: 'timed_out', endedAt: now(), verifier: null },
    }),
  )
  await emptyAttempt(actor, id)
}

/** Attempts whose time is up keep nothing: no verifier, no grant, no token that lives on at the provider. One that breaks stops no other. */
export async function expireAttempts(): Promise<void> {
  const due = await withSystem('purge', (db) =>
    db.connectAttempt.findMany({
      where: {
        expiresAt: { lte: now() },
        AND: [
          { OR: [{ verifier: { not: null } }, { grant: { not: null } }] },
          { OR: [{ endedAt: null }, { endedAt: { lt: inFuture(-EMPTIED_WITHIN_MS) } }] },
        ],
      },
      select: { id: true, organizationId: true },
    }),
  )
  for (const { id, organizationId } of due)
    await jobActor(organizationId, 'attempts.purge')
      .then((actor) => expire(actor, id))
      .catch((error: unknown) => log.error({ error, attempt: id }, 'an attempt was not emptied'))
}
