import { seal, unseal } from '#lib/platform/seal.ts'
import { findProvider } from '#lib/providers/registry.ts'
import { endGrant } from './end-grant.ts'
import type { Proof } from './prove-grant.ts'
import { attemptBinding } from './seal-attempt.ts'

type Owner = { id: string; organizationId: string }
type Holder = Owner & { provider: string; method: string; grant: string | null }

/** A proof as an attempt keeps it while its person decides. */
export const sealProof = (attempt: Owner, proof: Proof): Promise<string> =>
  seal(JSON.stringify(proof), attemptBinding(attempt, 'grant'))

/** The proof an attempt holds; null when it holds none, or none that opens. */
export async function openProof(attempt: Holder): Promise<Proof | null> {
  const text = attempt.grant && (await unseal(attempt.grant, attemptBinding(attempt, 'grant')))
  if (!text) return null
  const { grant, identity } = JSON.parse(text) as Proof // sealed above
  return { identity, grant: { ...grant, ...(grant.expiresAt ? { expiresAt: new Date(grant.expiresAt) } : {}) } }
}

/** Ends a token that no connection came to hold: it alone, for others may live on the same account. */
export async function endProof(
  { provider: id, method }: Pick<Holder, 'provider' | 'method'>,
  proof: Proof,
): Promise<void> {
  const provider = findProvider(id)
  if (provider) await endGrant({ provider, method, grant: proof.grant }, false)
}

/** Ends the token an attempt held, if it held one. */
export async function endHeld(attempt: Holder): Promise<void> {
  const proof = await openProof(attempt)
  if (proof) await endProof(attempt, proof)
}
