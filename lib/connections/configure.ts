import type { z } from 'zod'
import { record } from '#lib/audit/record.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { allow } from '#lib/tenancy/policy.ts'
import { findBuilt } from './find-built.ts'
import { findProviderView } from './queries.ts'
import type { ProviderPatch, ProviderView } from './schema.ts'

type Patch = z.infer<typeof ProviderPatch>
type Setting = { enabled: boolean; whoMayConnect: string | null }

/** How a provider is set before and after; null when nothing changes. */
function changeOf(row: Setting | null, patch: Patch): { before: Setting; after: Setting } | null {
  const before = { enabled: row?.enabled ?? true, whoMayConnect: row?.whoMayConnect ?? null }
  const after = {
    enabled: patch.enabled ?? before.enabled,
    whoMayConnect: patch.whoMayConnect ?? before.whoMayConnect,
  }
  const isSame = after.enabled === before.enabled && after.whoMayConnect === before.whoMayConnect
  return isSame ? null : { before, after }
}

async function change(db: Db, actor: Actor, provider: { id: string; name: string }, patch: Patch): Promise<void> {
  // one after the other, or each would write back what the other changed; and not while an attempt is judged (judge-attempt.ts)
  await db.$queryRaw`SELECT id FROM "Organization" WHERE id = ${actor.organizationId}::uuid FOR NO KEY UPDATE`
  const row = await db.connector.findFirst({ where: { provider: provider.id } })
  const changed = changeOf(row, patch)
  if (!changed) return
  const { before, after } = changed
  const key = { organizationId: actor.organizationId, provider: provider.id }
  const data = {
    ...after,
    disabledAt: after.enabled ? null : (row?.disabledAt ?? now()),
    disabledById: after.enabled ? null : (row?.disabledById ?? actor.userId),
  }
  await db.connector.upsert({
    where: { organizationId_provider: key },
    create: { ...key, ...data },
    update: { ...data, version: { increment: 1 } },
  })
  const turned = after.enabled ? 'connector.enabled' : 'connector.disabled'
  const action = before.enabled === after.enabled ? 'connector.reconfigured' : turned
  const subject = { kind: 'connector', id: provider.id, name: provider.name }
  await record(db, actor, action, subject, { provider: provider.id, before, after })
}

/**
 * Turns a provider on or off for the organization, or says who may connect it. A credential is kept either way; what is as it
 * was is not written. Throws `not-available` for a provider that is not built.
 */
export async function configure(actor: Actor, id: string, patch: Patch): Promise<ProviderView> {
  allow(actor, 'connector.configure')
  const { name } = findBuilt(id)
  await withOrg(actor, (db) => change(db, actor, { id, name }, patch))
  return findProviderView(actor, id)
}
