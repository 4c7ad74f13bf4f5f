import { now } from '#lib/platform/clock.ts'
import type { Db } from '#lib/platform/db.ts'
import type { Grant } from '#lib/providers/define.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { sealGrant } from './grant.ts'

export type Put = { client: string; accountId: string; type: string; grant: Grant }

/**
 * Keeps a grant, sealed, in the caller's transaction: one Credential per client and provider account of the organization.
 * A grant that is already there is replaced, its version raised, so that whoever holds the old one notices. Returns its id.
 */
export async function putCredential(db: Db, actor: Actor, { client, accountId, type, grant }: Put): Promise<string> {
  const { organizationId } = actor
  const existing = await db.credential.findFirst({ where: { client, accountId } })
  const id = existing?.id ?? crypto.randomUUID()
  const version = (existing?.version ?? 0) + 1
  const kept = {
    type,
    version,
    sealed: await sealGrant(grant, { organizationId, id, version }),
    endsWith: type === 'oauth2' ? null : grant.token.slice(-4),
    expiresAt: grant.expiresAt ?? null,
    refreshable: grant.refreshToken !== undefined,
    issuedAt: now(),
    leaseId: null,
    leaseUntil: null,
    sentAt: null,
    failures: 0,
    retryAt: null,
    createdById: actor.userId,
  }
  if (existing) await db.credential.update({ where: { id }, data: kept })
  else await db.credential.create({ data: { id, organizationId, client, accountId, ...kept } })
  return id
}
