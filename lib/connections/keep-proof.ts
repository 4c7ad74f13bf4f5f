import { now } from '#lib/platform/clock.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import type { Grant, Provider } from '#lib/providers/define.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { forgetCredential } from '#lib/vault/forget.ts'
import { openGrant } from '#lib/vault/grant.ts'
import { knownProvider, oauthMethod } from '#lib/vault/reach.ts'
import { countSharers, endGrant } from './end-grant.ts'
import type { Proof } from './prove-grant.ts'
import type { Attempt, Landing } from './recognize-arrival.ts'
import { settle } from './settle.ts'

type Replaced = { grant: Grant; accountId: string }

const slotKeyOf = (attempt: Attempt) => (attempt.slot === 'user' ? attempt.userId : 'organization')

/** The grants this one takes the place of: of the same account, and of the account that stood in the slot. */
async function findReplaced(db: Db, attempt: Attempt, provider: Provider, proof: Proof): Promise<Replaced[]> {
  const standing = await db.connection.findFirst({ where: { provider: provider.id, slotKey: slotKeyOf(attempt) } })
  const credentials = await db.credential.findMany({
    where: {
      sealed: { not: null },
      OR: [
        { client: attempt.client, accountId: proof.identity.id },
        { id: standing?.credentialId ?? crypto.randomUUID() },
      ],
    },
  })
  const opened = credentials.map(async ({ sealed, accountId, ...row }) => {
    const grant = sealed && (await openGrant(sealed, row))
    return grant ? [{ grant, accountId }] : []
  })
  return (await Promise.all(opened)).flat()
}

/**
 * Keeps what was proven, in one commit: the connection with its old id, the sealed grant, the audit event, the attempt's end.
 * Only then is a replaced token retired at the provider; until here it served.
 */
export async function keepProof(actor: Actor, attempt: Attempt, proof: Proof): Promise<Landing> {
  const provider = knownProvider(attempt.provider)
  const method = oauthMethod(provider)
  if (!method) throw new Error(`${provider.id} has no OAuth`)
  const slot = attempt.slot === 'user' ? 'user' : 'organization'
  const { replaced, id } = await withOrg(actor, async (db) => {
    const replaced = await findReplaced(db, attempt, provider, proof)
    const before = await db.connection.findFirst({ where: { provider: provider.id, slotKey: slotKeyOf(attempt) } })
    const id = await settle(db, actor, { provider, method, slot, ...proof, requested: attempt.scopes })
    const after = await db.connection.findFirst({ where: { id } })
    if (before?.credentialId && before.credentialId !== after?.credentialId)
      await forgetCredential(db, before.credentialId, id)
    await db.connectAttempt.update({
      where: { id: attempt.id },
      data: { status: 'succeeded', resultId: id, problem: null, endedAt: now(), verifier: null, grant: null },
    })
    return { replaced, id }
  })
  for (const { grant, accountId } of replaced) {
    if (grant.token === proof.grant.token) continue
    const isOther = accountId !== proof.identity.id
    await endGrant(provider, grant, isOther && (await countSharers(provider, accountId, [id])) === 0)
  }
  return { attempt: attempt.id }
}
