import { record } from '#lib/audit/record.ts'
import { findOwnSlot } from '#lib/connections/find-own-slot.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, Prisma, withOrg } from '#lib/platform/db.ts'
import { enqueue } from '#lib/platform/jobs.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { allow } from '#lib/tenancy/policy.ts'
import { REMINDED_FOR_MS, RIGHT_TO_REMIND } from './policy.ts'
import { readLastReminder } from './read-last-reminder.ts'
import { readWaiting } from './read-waiting.ts'
import type { RemindedView } from './schema.ts'

/** Takes the day's one reminder; false where somebody had it. Of two at the same moment the later waits, and has lost. */
async function takeTurn(db: Db, actor: Actor, provider: string, count: number): Promise<boolean> {
  const [at, before] = [now(), new Date(now().getTime() - REMINDED_FOR_MS)]
  const taken = await db.$queryRaw<object[]>(Prisma.sql`
    INSERT INTO "Reminder" ("organizationId", provider, "sentAt", "sentById", count)
    VALUES (${actor.organizationId}::uuid, ${provider}, ${at}, ${actor.userId}::uuid, ${count})
    ON CONFLICT ("organizationId", provider) DO UPDATE
      SET "sentAt" = EXCLUDED."sentAt", "sentById" = EXCLUDED."sentById", count = EXCLUDED.count
      WHERE "Reminder"."sentAt" <= ${before}
    RETURNING provider`)
  return taken.length > 0
}

/**
 * Asks those who have not connected their own account to do so, by mail, at most once a day and provider. Each mail is a job
 * of its own, so that trying again mails nobody twice. Throws `forbidden`, `not-found`, and `conflict` where nobody is left.
 */
export async function remind(actor: Actor, providerId: string): Promise<RemindedView> {
  allow(actor, RIGHT_TO_REMIND)
  const provider = findOwnSlot(providerId)
  const { organizationId } = actor
  const { id, name } = provider
  return withOrg(actor, async (db) => {
    const connector = await db.connector.findFirst({ where: { provider: id } })
    if (connector && !connector.enabled) throw new Problem('conflict', `${name} is turned off. Enable it first.`)
    const waiting = await readWaiting(db, actor, id)
    if (waiting.length === 0) throw new Problem('conflict', `Everybody else has connected ${name}.`)
    const sent = await takeTurn(db, actor, id, waiting.length)
    if (sent) {
      for (const userId of waiting)
        await enqueue(db, 'people.remind', { organizationId, provider: id, userId }, { startAfterSeconds: 1 })
      const after = { people: waiting.length }
      await record(db, actor, 'reminder.sent', { kind: 'provider', id, name }, { provider: id, after })
    }
    const last = await readLastReminder(db, id)
    if (!last) throw new Problem('not-found')
    return { sent, last }
  })
}
