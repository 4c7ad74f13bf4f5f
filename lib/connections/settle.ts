import { record } from '#lib/audit/record.ts'
import { compareScopes } from '#lib/oauth/scopes.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, Prisma } from '#lib/platform/db.ts'
import type { Grant, Identity, OAuth2, Provider, Slot } from '#lib/providers/define.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { putCredential } from '#lib/vault/put.ts'
import { clientName } from '#lib/vault/reach.ts'
import { approveConnected } from './decide-request.ts'
import { accountFact, subjectOf } from './observe.ts'

export type Settlement = {
  provider: Provider
  method: OAuth2
  slot: Slot
  grant: Grant
  identity: Identity
  requested: readonly string[]
}

const json = (value: object | undefined) => ({ ...value }) as Prisma.InputJsonObject // plain values by the type of Identity

/**
 * Makes those who connect the same slot at the same moment wait for each other, until the caller's commit; also where no
 * row stands yet that could be locked.
 */
export async function lockSlot(db: Db, actor: Actor, provider: string, slotKey: string): Promise<void> {
  const name = `slot:${actor.organizationId}:${provider}:${slotKey}`
  await db.$queryRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))::text`)
}

/** What a connection is right after its grant was proven; what was given decides whether that is enough. */
function standingOf(actor: Actor, { method, grant, identity, requested }: Settlement, credentialId: string) {
  const granted = [...(identity.scopes ?? grant.scopes ?? requested)]
  const { missing, missingRequired } = compareScopes(method.scopes, requested, granted)
  const isShort = missingRequired.length > 0
  const standing = {
    method: method.type,
    credentialId,
    accountId: identity.id,
    accountLabel: identity.label,
    accountUrl: identity.url ?? null,
    status: isShort ? 'needs_reauth' : 'connected', // whatever it was: a proven grant has taken the place of the old one
    reasonCode: isShort ? 'scopes_required' : null,
    reasonDetail: isShort ? { missing: missingRequired } : {},
    since: now(),
    scopesRequested: [...requested],
    scopesGranted: granted,
    capabilities: json(identity.capabilities),
    config: json({ ...grant.config, ...identity.config }),
    createdById: actor.userId ?? '',
    verifiedAt: now(),
    probedAt: now(),
    failures: 0,
  }
  return { standing, facts: { scopes: granted, missing } }
}

/**
 * Writes a proven grant as the slot's connection, in the caller's transaction: the same connection id if one stood there,
 * one Credential per account, one audit event. A required permission that was not given leaves it `needs_reauth`. Returns its id.
 */
export async function settle(db: Db, actor: Actor, settlement: Settlement): Promise<string> {
  const { provider, method, slot, grant, identity } = settlement
  const slotKey = slot === 'user' ? (actor.userId ?? '') : 'organization'
  await lockSlot(db, actor, provider.id, slotKey)
  const existing = await db.connection.findFirst({ where: { provider: provider.id, slotKey } })
  const replaces = existing?.credentialId ?? null
  const place = { client: clientName(provider), accountId: identity.id, type: method.type }
  const credentialId = await putCredential(db, actor, { ...place, grant, replaces })
  const { standing, facts } = standingOf(actor, settlement, credentialId)
  const connection = existing
    ? await db.connection.update({ where: { id: existing.id }, data: { ...standing, version: { increment: 1 } } })
    : await db.connection.create({
        data: {
          organizationId: actor.organizationId,
          provider: provider.id,
          slot,
          slotKey,
          userId: slot === 'user' ? actor.userId : null,
          ...standing,
        },
      })
  if (slot === 'organization') await approveConnected(db, actor, provider.id)
  await record(db, actor, existing ? 'connection.reconnected' : 'connection.created', subjectOf(connection), {
    provider: provider.id,
    ...(existing ? { before: { ...accountFact(existing), status: existing.status } } : {}),
    after: { ...accountFact(connection), status: connection.status, ...facts },
  })
  return connection.id
}
