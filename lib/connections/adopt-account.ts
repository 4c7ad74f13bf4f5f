import { randomUUID } from 'node:crypto'
import type { Db } from '#lib/platform/db.ts'
import type { Identity } from '#lib/providers/define.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { forgetCredential } from '#lib/vault/forget.ts'
import type { GrantName, Held } from '#lib/vault/hold.ts'
import { putCredential } from '#lib/vault/put.ts'
import { keptUnder, methodOf } from '#lib/vault/reach.ts'
import { ownerOf, withIdentity } from './settle.ts'

const UNKNOWN = 'untested:'

/** Stands for the account of a secret that could not be tested, until its provider says whose it is. */
export const newUnknownAccount = (): string => UNKNOWN + randomUUID()

/** Whether an account is one that nobody could ask for yet. */
export const isUnknownAccount = (accountId: string): boolean => accountId.startsWith(UNKNOWN)

/** The provider said at last whose secret it is: the connection and its Credential take that account. Returns the grant's new name. */
export async function adoptAccount(db: Db, actor: Actor, held: Held, told: Identity): Promise<GrantName> {
  const { connectionId: id, credentialId, provider } = held
  const method = methodOf(provider, held.method)
  if (!method) throw new Error(`${provider.id} has no ${held.method}`)
  const { keptAt, ...made } = await db.credential.findFirstOrThrow({
    where: { id: credentialId },
    select: {
      keptAt: true,
      issuedAt: true,
      createdById: true,
      suspectedAt: true,
      suspectedById: true,
      rotationTold: true,
    },
  })
  const adopted = await putCredential(db, actor, {
    client: keptUnder(provider, method),
    accountId: ownerOf(told),
    type: method.type,
    grant: withIdentity(held.grant, told),
    replaces: credentialId,
    keptAt,
    made,
  })
  await db.connection.update({
    where: { id },
    data: { credentialId: adopted, accountId: told.id, accountUrl: told.url ?? null, version: { increment: 1 } },
  })
  await forgetCredential(db, credentialId, id)
  const { version } = await db.credential.findFirstOrThrow({ where: { id: adopted } })
  return { credentialId: adopted, version }
}
