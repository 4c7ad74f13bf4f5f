import { isVerifiedHere } from '#lib/connections/native.ts'
import { askedScopes, optionsOf } from '#lib/connections/policy.ts'
import { type Db, withSystem } from '#lib/platform/db.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Scope, Slot } from '#lib/providers/define-auth.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { oauthMethod, sharersOf } from '#lib/vault/reach.ts'

/** Which of the providers behind a client somebody has connected in organizations besides this one. */
export async function findElsewhere(actor: Actor, provider: Provider): Promise<string[]> {
  const sharers = sharersOf(provider)
  if (sharers.length < 2) return []
  const own = { OR: [{ userId: actor.userId }, { createdById: actor.userId ?? '' }] }
  const found = await withSystem('shared grant', (db) =>
    db.connection.findMany({
      where: {
        provider: { in: sharers.map(({ id }) => id) },
        method: 'oauth2',
        organizationId: { not: actor.organizationId },
        credentialId: { not: null },
        ...own,
      },
      select: { provider: true },
      distinct: ['provider'],
    }),
  )
  return found.map((row) => row.provider)
}

/** What stands on the client already, for this person or, where it is theirs to connect, for the organization. */
async function findHere(db: Db, actor: Actor, sharers: readonly Provider[], slot: Slot): Promise<string[]> {
  const own = [{ userId: actor.userId }, { createdById: actor.userId ?? '' }]
  const found = await db.connection.findMany({
    where: {
      provider: { in: sharers.map(({ id }) => id) },
      method: { in: ['oauth2', 'verified'] },
      credentialId: { not: null },
      OR: slot === 'organization' ? [...own, { slot }] : own,
    },
    select: { provider: true },
    distinct: ['provider'],
  })
  return found.map((row) => row.provider)
}

/**
 * What to ask a person to allow: for the providers they connect now and for everything that stands on the same client, since
 * a consent replaces what an earlier one allowed there. `elsewhere`: as findElsewhere says.
 */
export async function gatherScopes(
  db: Db,
  actor: Actor,
  asked: { wanted: readonly [Provider, ...Provider[]]; slot: Slot; elsewhere: readonly string[] },
): Promise<Scope[]> {
  const { wanted, slot, elsewhere } = asked
  const [main] = wanted
  const sharers = sharersOf(main)
  // what is verified through this consent has no other to ask for its permissions
  const verified = sharers.filter((one) => isVerifiedHere(actor, one, slot)).map(({ id }) => id)
  const standing = sharers.length < 2 ? [] : [...elsewhere, ...verified, ...(await findHere(db, actor, sharers, slot))]
  const meant = sharers.filter((one) => wanted.includes(one) || standing.includes(one.id))
  const connectors = await db.connector.findMany({ where: { provider: { in: meant.map(({ id }) => id) } } })
  const scopes = meant.flatMap((one) => {
    const connector = connectors.find(({ provider }) => provider === one.id) ?? null
    return askedScopes(oauthMethod(one)?.scopes ?? [], optionsOf(connector))
  })
  return scopes.filter(({ name }, at) => scopes.findIndex((scope) => scope.name === name) === at)
}
