import { record } from '#lib/audit/record.ts'
import { isStatelessDenial, readState } from '#lib/oauth/callback.ts'
import { now } from '#lib/platform/clock.ts'
import { withOrg, withSystem } from '#lib/platform/db.ts'
import { safeEqual, sha256 } from '#lib/platform/hmac.ts'
import { log } from '#lib/platform/log.ts'
import { type Actor, enterById, type Person } from '#lib/tenancy/actor.ts'
import { callbackName, knownProvider } from '#lib/vault/reach.ts'

/** A call to a redirect URI of ours: `callback` is the address it came to, `browser` the secret of the browser that made it. */
export type Arrival = { url: URL; callback: string; person: Person | null; browser: string | null }
/** Where the provider's tab ends: an attempt's result page, or one that only says what is wrong. */
export type Landing = { attempt: string } | { problem: string }

const findByState = (state: string) =>
  withSystem('attempt lookup', (db) => db.connectAttempt.findUnique({ where: { stateHash: sha256(state) } }))
export type Attempt = NonNullable<Awaited<ReturnType<typeof findByState>>>

/**
 * The attempt that a denial without a state ends: the only one that this browser has under way at that address. Nothing can be
 * connected by it, so a wrong one costs a second click.
 */
async function findDenied({ url, browser, callback }: Arrival): Promise<Attempt | null> {
  if (!browser || !isStatelessDenial(url)) return null
  const waiting = await withSystem('attempt lookup', (db) =>
    db.connectAttempt.findMany({
      where: { browserHash: sha256(browser), expiresAt: { gt: now() }, status: { in: ['none', 'opened'] } },
    }),
  )
  const [only, other] = waiting.filter(({ provider }) => callbackName(knownProvider(provider)) === callback)
  return only && !other ? only : null
}

const lastOrganization = (person: Person) =>
  withSystem('session lookup', async (db) => {
    const found = await db.membership.findFirst({
      where: { userId: person.id, leftAt: null },
      orderBy: { lastActiveAt: { sort: 'desc', nulls: 'last' } },
    })
    return found?.organizationId ?? null
  })

/** An answer that leads to no attempt, or not to one of this person in this browser: audited where they belong, nothing else touched. */
export async function refuseArrival(person: Person | null, why: string, attempt?: Attempt): Promise<Landing> {
  log.warn({ why, attempt: attempt?.id }, 'a callback was refused')
  if (!person) return { problem: why }
  const own = attempt && (await enterById(person, attempt.organizationId))
  const home = own ? null : await lastOrganization(person)
  const actor = own ?? (home ? await enterById(person, home) : null)
  if (actor)
    await withOrg(actor, (db) =>
      record(
        db,
        actor,
        'connection.failed',
        { kind: 'attempt', id: attempt?.id ?? 'unknown' },
        { ...(attempt ? { provider: attempt.provider } : {}), result: 'refused', after: { reason: why } },
      ),
    )
  return { problem: why }
}

/** The session ended while the person was at the provider: their attempt says so, if this is the browser it began in. */
async function noteSessionEnded(attempt: Attempt, isSameBrowser: boolean): Promise<Landing> {
  if (isSameBrowser && attempt.browserHash)
    await withSystem('attempt lookup', (db) =>
      db.connectAttempt.updateMany({
        where: { id: attempt.id, consumedAt: null, status: { in: ['none', 'opened'] } },
        data: { status: 'failed', problem: 'session_ended', endedAt: now(), consumedAt: now(), verifier: null },
      }),
    )
  return { problem: 'session_ended' }
}

/** Whose answer it is: a live attempt, the person who started it, in the same browser, at its own provider's address. */
export async function recognizeArrival(arrival: Arrival): Promise<{ actor: Actor; attempt: Attempt } | Landing> {
  const { url, person, browser, callback } = arrival
  const state = readState(url)
  const attempt = state ? await findByState(state) : await findDenied(arrival)
  if (!attempt) return refuseArrival(person, 'state_unknown')
  const isSameBrowser = !attempt.browserHash || (browser !== null && safeEqual(sha256(browser), attempt.browserHash))
  if (!person) return noteSessionEnded(attempt, isSameBrowser)
  if (person.id !== attempt.userId) return refuseArrival(person, 'other_user', attempt)
  if (!isSameBrowser) return refuseArrival(person, 'other_browser', attempt)
  if (callbackName(knownProvider(attempt.provider)) !== callback)
    return refuseArrival(person, 'other_provider', attempt)
  const actor = await enterById(person, attempt.organizationId)
  return actor ? { actor, attempt } : refuseArrival(person, 'not_allowed', attempt)
}
