import { record } from '#lib/audit/record.ts'
import { explainAttempt } from '#lib/connections/explain.ts'
import { openUndecided } from '#lib/connections/held-proof.ts'
import { now } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { log } from '#lib/platform/log.ts'
import { fieldProblem, Problem } from '#lib/platform/problem.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { knownProvider } from '#lib/vault/reach.ts'
import { breakOff } from './break-off.ts'
import { emptyAttempt, endAttempt } from './end.ts'
import { keepProof, type Unkept } from './keep-proof.ts'
import { landAt } from './land-grant.ts'
import { findAttempt } from './queries.ts'
import type { Attempt } from './recognize-arrival.ts'
import type { AttemptView } from './schema.ts'

const nothingLeft = () => new Problem('connect-attempt-ended', 'There is nothing left to choose. Connect again.')

const isOffered = ({ choices }: Attempt, choice: string): boolean =>
  Array.isArray(choices) && choices.some((one) => Object(one).id === choice)

/** The attempt, which nobody else answers from now on. An answer that was not offered leaves it waiting. */
async function claim(actor: Actor, id: string, choice: string): Promise<Attempt> {
  return withOrg(actor, async (db) => {
    const attempt = await db.connectAttempt.findFirst({ where: { id, userId: actor.userId ?? '' } })
    if (!attempt) throw new Problem('not-found')
    if (!['choosing', 'mismatch'].includes(attempt.status)) throw nothingLeft()
    if (!isOffered(attempt, choice)) throw fieldProblem('choice', 'Choose one of the offered answers.')
    const { count } = await db.connectAttempt.updateMany({
      where: { id, status: attempt.status, expiresAt: { gt: now() } },
      data: { status: 'returned' },
    })
    if (count === 0) throw nothingLeft()
    return attempt
  })
}

/** Keeping the old account ends the new grant's token and wipes it; nothing that stood changes. */
async function keepOld(actor: Actor, attempt: Attempt): Promise<Unkept | null> {
  const isKept = await withOrg(actor, async (db) => {
    const { count } = await db.connectAttempt.updateMany({
      where: { id: attempt.id, status: 'returned' },
      data: { status: 'cancelled', problem: 'kept', endedAt: now() },
    })
    if (count === 0) return false
    await record(
      db,
      actor,
      'connection.cancelled',
      { kind: 'attempt', id: attempt.id },
      { provider: attempt.provider, result: 'refused', after: { reason: 'kept' } },
    )
    return true
  })
  if (!isKept) return 'timed_out'
  await emptyAttempt(actor, attempt.id)
  return null
}

/** Does what was chosen. Answers why nothing was kept; an attempt that did not prove itself says so itself. */
async function answer(actor: Actor, attempt: Attempt, choice: string): Promise<Unkept | null> {
  const held = await openUndecided(attempt)
  if (!held) return 'timed_out'
  if ('identity' in held) return choice === 'keep' ? keepOld(actor, attempt) : keepProof(actor, attempt, held)
  const site = held.sites.find((one) => one.id === choice)
  const unkept = site ? await landAt(actor, attempt, held.grant, site) : ({ kind: 'no_site' } as const)
  if (!unkept || typeof unkept === 'string') return unkept
  await endAttempt(actor, attempt, { status: 'failed', ...unkept })
  return null
}

/** The right to connect is asked again: a choice may come minutes after the start. */
function refuseUnkept(attempt: Attempt, unkept: Unkept | null): void {
  if (unkept === 'timed_out') throw nothingLeft()
  if (unkept) throw new Problem('forbidden', explainAttempt(unkept, knownProvider(attempt.provider).name))
}

/**
 * Answers the question an attempt waits with: `keep` the account that was connected or `switch` to the new one, or the id of
 * the site it is to be for. Throws `fields-not-accepted` for what was not offered, `connect-attempt-ended`, and `forbidden` for
 * who may not connect this any more: then the new token has ended too.
 */
export async function chooseAccount(actor: Actor, id: string, choice: string): Promise<AttemptView> {
  const attempt = await claim(actor, id, choice)
  const unkept = await answer(actor, attempt, choice).catch(async (error: unknown) => {
    log.error({ error, attempt: id }, 'a choice broke off')
    await breakOff(actor, attempt)
    return null
  })
  refuseUnkept(attempt, unkept)
  return findAttempt(actor, id)
}
