import { seal, unseal } from '#lib/platform/seal.ts'
import type { Grant, Site } from '#lib/providers/define.ts'
import { findProvider } from '#lib/providers/registry.ts'
import { reviveGrant } from '#lib/vault/grant.ts'
import { endGrant } from './end-grant.ts'
import type { Proof } from './prove-grant.ts'
import { attemptBinding } from './seal-attempt.ts'

type Owner = { id: string; organizationId: string }
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

/** Ends a token that no connection came to hold: it alone, for others may live on the same account. */
export async function endUnkept(
  { provider: id, method }: Pick<Holder, 'provider' | 'method'>,
  { grant }: Pick<Proof, 'grant'>,
): Promise<void> {
  const provider = findProvider(id)
  if (provider) await endGrant({ provider, method, grant }, false)
}

/** Ends the token an attempt held, if it held one. */
export async function endHeld(attempt: Holder): Promise<void> {
  const held = await openUndecided(attempt)
  if (held) await endUnkept(attempt, held)
}
