import { compareScopes } from '#lib/oauth/scopes.ts'
import type { Db } from '#lib/platform/db.ts'
import { enqueue } from '#lib/platform/jobs.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { knownProvider, methodOf } from '#lib/vault/reach.ts'
import { type Changed, change } from './observe.ts'
import { scopesFor } from './policy.ts'
import { splitScopes } from './split-scopes.ts'

type Given = { credentialId: string; granted: readonly string[] | undefined; besides: readonly string[] }
type Sibling = Awaited<ReturnType<Db['connection']['findMany']>>[number]

const dead: readonly string[] = ['expired', 'needs_reauth']

/** Asks the provider, as soon as this is committed, whether a connection whose credential came back is well again. */
async function probeSoon(db: Db, { organizationId }: Actor, connectionId: string): Promise<void> {
  await enqueue(db, 'connections.probe', { organizationId, connectionId })
}

/** What a newer consent leaves to a connection that it was not asked for. */
async function adjust(db: Db, sibling: Sibling, granted: readonly string[]): Promise<Changed | null> {
  const provider = knownProvider(sibling.provider)
  const connector = await db.connector.findFirst({ where: { provider: provider.id } })
  const own = splitScopes(provider, granted)
  const scopes = scopesFor(methodOf(provider, sibling.method), connector)
  const { missingRequired } = compareScopes(scopes, sibling.scopesRequested, own)
  await db.connection.update({ where: { id: sibling.id }, data: { scopesGranted: own } })
  if (missingRequired.length === 0) return null
  const detail = { missing: missingRequired }
  return change(db, sibling.id, { event: 'scopes_grew', reasonCode: 'scopes_required', detail })
}

/**
 * A Credential has a new grant: the connections that stand on it besides those it came for have that grant too, with what it
 * allows; one that was dead is asked about again. In the caller's transaction. Returns what has changed, to be told.
 */
export async function shareGrant(db: Db, actor: Actor, { credentialId, granted, besides }: Given): Promise<Changed[]> {
  const where = { credentialId, id: { notIn: [...besides] }, status: { not: 'disconnecting' } }
  const changes: Changed[] = []
  for (const sibling of await db.connection.findMany({ where, orderBy: { id: 'asc' } })) {
    const changed = granted ? await adjust(db, sibling, granted) : null
    if (changed) changes.push(changed)
    else if (dead.includes(sibling.status)) await probeSoon(db, actor, sibling.id)
  }
  return changes
}

/** A grant that was taken for dead works: the other connections that died with it are asked about again. */
export async function reviveSiblings(db: Db, actor: Actor, credentialId: string, besides: string): Promise<void> {
  const where = { credentialId, id: { not: besides }, status: { in: [...dead] } }
  for (const { id } of await db.connection.findMany({ where, orderBy: { id: 'asc' } })) await probeSoon(db, actor, id)
}
