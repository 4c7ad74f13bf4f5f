import { endHeld } from '#lib/connections/held-proof.ts'
import { now } from '#lib/platform/clock.ts'
import { withOrg, withSystem } from '#lib/platform/db.ts'
import { log } from '#lib/platform/log.ts'
import { type Actor, jobActor } from '#lib/tenancy/actor.ts'
import { unfinished } from './status.ts'

/** First the end, so that nobody keeps the grant any more; then its token at the provider; then what is sealed here. */
async function expire(actor: Actor, id: string): Promise<void> {
  const attempt = await withOrg(actor, async (db) => {
    await db.connectAttempt.updateMany({
      where: { id, status: { in: [...unfinished] } },
      data: { status: 'timed_out', problem: 'timed_out', endedAt: now(), verifier: null },
    })
    return db.connectAttempt.findFirst({ where: { id } })
  })
  if (attempt) await endHeld(attempt)
  await withOrg(actor, (db) => db.connectAttempt.updateMany({ where: { id }, data: { grant: null, verifier: null } }))
}

/** Attempts whose time is up keep nothing: no verifier, no grant, no token that lives on at the provider. One that breaks stops no other. */
export async function expireAttempts(): Promise<void> {
  const due = await withSystem('purge', (db) =>
    db.connectAttempt.findMany({
      where: { expiresAt: { lte: now() }, OR: [{ verifier: { not: null } }, { grant: { not: null } }] },
      select: { id: true, organizationId: true },
    }),
  )
  for (const { id, organizationId } of due)
    await jobActor(organizationId, 'attempts.purge')
      .then((actor) => expire(actor, id))
      .catch((error: unknown) => log.error({ error, attempt: id }, 'an attempt was not emptied'))
}
