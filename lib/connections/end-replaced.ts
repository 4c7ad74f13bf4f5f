import type { Provider } from '#lib/providers/define.ts'
import { endGrant } from './end-grant.ts'
import { isLast } from './held-proof.ts'
import type { Proof } from './prove-grant.ts'
import { ownerOf, type Settled } from './settle.ts'

/** Retires at the provider what a new grant took the place of; the whole grant where nobody uses its account any more. */
export async function endReplaced(
  provider: Provider,
  { id, replaced }: Settled,
  { grant, identity }: Proof,
): Promise<void> {
  for (const { accountId, method, grant: old } of replaced) {
    if (old.token === grant.token) continue
    const isOther = accountId !== ownerOf(identity)
    await endGrant({ provider, method, grant: old }, isOther && (await isLast(provider, accountId, { besides: [id] })))
  }
}
