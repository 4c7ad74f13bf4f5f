import type { z } from 'zod'
import { record } from '#lib/audit/record.ts'
import { now } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import { findProvider } from '#lib/providers/registry.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { allow } from '#lib/tenancy/policy.ts'
import { findProviderView } from './queries.ts'
import type { ProviderPatch, ProviderView } from './schema.ts'

/** Turns a provider on or off for the organization, or says who may connect it. A credential is kept either way. */
export async function configure(actor: Actor, id: string, patch: z.infer<typeof ProviderPatch>): Promise<ProviderView> {
  const provider = findProvider(id)
  if (!provider) throw new Problem('not-found')
  allow(actor, 'connector.configure')
  await withOrg(actor, async (db) => {
    const key = { organizationId: actor.organizationId, provider: id }
    const before = await db.connector.findFirst({ where: { provider: id } })
    const enabled = patch.enabled ?? before?.enabled ?? true
    const data = {
      enabled,
      whoMayConnect: patch.whoMayConnect ?? before?.whoMayConnect ?? null,
      disabledAt: enabled ? null : (before?.disabledAt ?? now()),
      disabledById: enabled ? null : (before?.disabledById ?? actor.userId),
    }
    await db.connector.upsert({
      where: { organizationId_provider: key },
      create: { ...key, ...data },
      update: { ...data, version: { increment: 1 } },
    })
    const wasEnabled = before?.enabled ?? true
    const action =
      wasEnabled === enabled ? 'connector.reconfigured' : enabled ? 'connector.enabled' : 'connector.disabled'
    await record(
      db,
      actor,
      action,
      { kind: 'connector', id, name: provider.name },
      {
        provider: id,
        before: { enabled: wasEnabled, whoMayConnect: before?.whoMayConnect ?? null },
        after: { enabled, whoMayConnect: data.whoMayConnect },
      },
    )
  })
  return findProviderView(actor, id)
}
