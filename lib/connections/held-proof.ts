import { now } from '#lib/platform/clock.ts'
import { withSystem } from '#lib/platform/db.ts'
import { seal, unseal } from '#lib/platform/seal.ts'
import type { Provider, Site } from '#lib/providers/define.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import { findProvider } from '#lib/providers/registry.ts'
import { reviveGrant } from '#lib/vault/grant.ts'
import { clientName } from '#lib/vault/reach.ts'
import { countSharers, endGrant } from './end-grant.ts'
import type { Proof } from './prove-grant.ts'
import { attemptBinding } from './seal-attempt.ts'

type Owner = { id: string; organizationId: string }
/** An attempt is in one of these from its callback until it has ended. */
const RETURNED = ['returned', 'choosing', 'mismatch']

type Holder = Owner & { provider: string; method: string; grant: string | null }
/** What waits for a person: a proof for their word which account it is to be, or a grant for the site it is to be for. */
export type Undecided = Proof | { grant: Grant; sites: readonly Site[] }

/** What an attempt keeps while its person decides. */
export const sealUndecided = (attempt: Owner, undecided: Undecided): Promise<string> =>
  seal(JSON.stringify(undecided), attemptBinding(attempt, 'grant'))

/** What an attempt holds; null when it holds nothing, or nothing that opens. */
export async function openUndecided(attempt: Holder): Promise<Undecided | null> {
  const text = attempt.grant && (await unseal(attempt.grant, attemptBinding(attempt, 'grant')))
  if (!text) return null
  const held = JSON.parse(text) as Undecided // sealed above
  return { ...held, grant: reviveGrant(held.grant) }
}

type Ended = Pick<Holder, 'id' | 'provider' | 'method'>
/** What is about to leave an account: connections, or what an attempt was granted. */
type Leaving = { besides?: readonly string[]; attempt?: string }

/** Whether another attempt came back with this account, and waits or is being kept; one whose account is not known yet may have. */
async function isHeldElsewhere(
  provider: Provider,
  accountId: string | null,
  attempt: string | undefined,
): Promise<boolean> {
  const where = { client: clientName(provider), status: { in: RETURNED }, expiresAt: { gt: now() } }
  const others = await withSystem('shared grant', (db) =>
    db.connectAttempt.findMany({ where: { ...where, ...(attempt ? { id: { not: attempt } } : {}) } }),
  )
  const held = await Promise.all(others.map(openUndecided))
  const isOther = (one: Undecided | null) =>
    one !== null && 'identity' in one && accountId !== null && one.identity.id !== accountId
  return !held.every(isOther)
}

/**
 * Whether nobody lives on an account at a provider besides who leaves it: no connection, and no grant that waits to become one.
 * Null: on any account there, since it is not known on which.
 */
export async function isLast(
  provider: Provider,
  accountId: string | null,
  { besides = [], attempt }: Leaving,
): Promise<boolean> {
  return (
    (await countSharers(provider, accountId, besides)) === 0 && !(await isHeldElsewhere(provider, accountId, attempt))
  )
}

/**
 * Ends what was granted and no connection came to hold: all of it, so that nothing of ours stays there, unless somebody else
 * lives on the same account; then its token alone.
 */
export async function endUnkept(attempt: Ended, undecided: Pick<Proof, 'grant'> | Proof): Promise<void> {
  const provider = findProvider(attempt.provider)
  if (!provider) return
  const { id, method } = attempt
  const account = 'identity' in undecided ? undecided.identity.id : null
  const last = await isLast(provider, account, { attempt: id })
  await endGrant({ provider, method, grant: undecided.grant }, last)
}

/** Ends the token an attempt held, if it held one. */
export async function endHeld(attempt: Holder): Promise<void> {
  const held = await openUndecided(attempt)
  if (held) await endUnkept(attempt, held)
}
