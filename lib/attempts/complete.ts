import { endUnkept } from '#lib/connections/held-proof.ts'
import { judgeClaim } from '#lib/connections/judge-claim.ts'
import { readCallback } from '#lib/oauth/callback.ts'
import { now } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { log } from '#lib/platform/log.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { knownProvider, oauthMethod, reach } from '#lib/vault/reach.ts'
import { breakOff } from './break-off.ts'
import { type Ending, endAttempt } from './end.ts'
import { holdGrant } from './hold-grant.ts'
import { landGrant } from './land-grant.ts'
import { type Arrival, type Attempt, type Landing, recognizeArrival, refuseArrival } from './recognize-arrival.ts'
import { tradeCode } from './trade-code.ts'

async function end(actor: Actor, attempt: Attempt, ending: Ending): Promise<Landing> {
  await endAttempt(actor, attempt, ending)
  return { attempt: attempt.id }
}

/** Whoever may not connect this any more is told so, and nothing is asked of the provider. */
async function refuse(actor: Actor, attempt: Attempt): Promise<Landing | null> {
  const kind = await withOrg(actor, (db) => judgeClaim(db, actor, attempt))
  return kind && end(actor, attempt, { status: 'failed', kind })
}

/** Single use: of two simultaneous callbacks one gets the attempt. */
async function consume(actor: Actor, attempt: Attempt): Promise<boolean> {
  const { count } = await withOrg(actor, (db) =>
    db.connectAttempt.updateMany({
      where: { id: attempt.id, consumedAt: null, status: { in: ['none', 'opened'] }, expiresAt: { gt: now() } },
      data: { consumedAt: now(), status: 'returned' },
    }),
  )
  return count === 1
}

/** Why an attempt can no longer be redeemed; what it ended as stays, also where another answer ended it since it was looked up. */
async function tooLate(actor: Actor, attempt: Attempt, arrival: Arrival): Promise<Landing> {
  if (attempt.status === 'cancelled') return { attempt: attempt.id }
  if (!attempt.consumedAt && attempt.expiresAt <= now()) {
    await endAttempt(actor, attempt, { status: 'failed', kind: 'timed_out' }, ['none', 'opened'])
    return { attempt: attempt.id }
  }
  return refuseArrival(arrival.person, 'used', attempt)
}

/** The provider's issuer, where it has one: an answer that names another is another provider's (RFC 9207). */
function issuerOf(provider: Provider): { issuer?: string } {
  const { issuer } = reach(provider).endpoints
  return issuer ? { issuer } : {}
}

/** Trades the code, and makes a connection of the grant or asks what it is to be; once a grant is there, the attempt holds it. */
async function redeem(actor: Actor, attempt: Attempt, { url }: Arrival): Promise<Landing> {
  const provider = knownProvider(attempt.provider)
  const method = oauthMethod(provider)
  if (!method) return end(actor, attempt, { status: 'failed', kind: 'exchange_refused' })
  const answer = readCallback(url, issuerOf(provider))
  if (answer.kind === 'denied') return end(actor, attempt, { status: 'denied', kind: 'denied' })
  if (answer.kind === 'error')
    return end(actor, attempt, { status: 'failed', kind: 'authorize_refused', code: answer.code })
  const refused = await refuse(actor, attempt)
  if (refused) return refused
  const grant = await tradeCode(actor, attempt, { provider, method, code: answer.code })
  if ('kind' in grant) return end(actor, attempt, { status: 'failed', ...grant })
  const isHeld = await holdGrant(actor, attempt, grant)
  const unkept = await landGrant(actor, attempt, grant)
  if (!unkept || typeof unkept === 'string') return { attempt: attempt.id }
  if (!isHeld) await endUnkept(attempt, { grant })
  return end(actor, attempt, { status: 'failed', ...unkept })
}

/**
 * Takes a provider's answer: whose is it, once only, may they still, exchange, probe, keep. Every way out is a page of ours; no code, state,
 * token or text of the provider's is in it. What breaks on the way leaves no grant behind.
 */
export async function completeConnect(arrival: Arrival): Promise<Landing> {
  const found = await recognizeArrival(arrival)
  if (!('actor' in found)) return found
  const { actor, attempt } = found
  if (!(await consume(actor, attempt))) return tooLate(actor, attempt, arrival)
  try {
    return await redeem(actor, attempt, arrival)
  } catch (error) {
    log.error({ error, attempt: attempt.id }, 'an attempt broke off')
    await breakOff(actor, attempt)
    return { attempt: attempt.id }
  }
}
