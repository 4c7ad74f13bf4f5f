import { record } from '#lib/audit/record.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import { enqueue } from '#lib/platform/jobs.ts'
import { fieldProblem } from '#lib/platform/problem.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { allow } from '#lib/tenancy/policy.ts'
import { changeOf } from './change-setting.ts'
import type { ProviderPatch } from './config-schema.ts'
import { needProvider } from './need-provider.ts'
import { findProviderView } from './queries.ts'
import { refuseOvertaken } from './refuse-overtaken.ts'
import type { ProviderView } from './schema.ts'

async function change(db: Db, actor: Actor, provider: Provider, patch: ProviderPatch): Promise<void> {
  // one after the other, or each would write back what the other changed; and not while an attempt is judged (judge-attempt.ts)
  await db.$queryRaw`SELECT id FROM "Organization" WHERE id = ${actor.organizationId}::uuid FOR NO KEY UPDATE`
  const row = await db.connector.findFirst({ where: { provider: provider.id } })
  if (patch.was) await refuseOvertaken(db, actor, { provider: provider.id, row }, patch.was)
  const changed = changeOf(row, patch)
  if (!changed) return
  const { setting, isTurned, before, after } = changed
  refuseContradiction(provider, setting.options)
  const key = { organizationId: actor.organizationId, provider: provider.id }
  const data = {
    ...setting,
    options: Object.fromEntries(setting.options.map((id) => [id, true])),
    disabledAt: setting.enabled ? null : (row?.disabledAt ?? now()),
    disabledById: setting.enabled ? null : (row?.disabledById ?? actor.userId),
  }
  await db.connector.upsert({
    where: { organizationId_provider: key },
    create: { ...key, ...data },
    update: { ...data, version: { increment: 1 } },
  })
  if (isTurned && setting.enabled) await probeAll(db, actor, provider.id)
  const turned = setting.enabled ? 'connector.enabled' : 'connector.disabled'
  const subject = { kind: 'connector', id: provider.id, name: provider.name }
  await record(db, actor, isTurned ? turned : 'connector.reconfigured', subject, {
    provider: provider.id,
    before,
    after,
  })
}

/** What stood while it was turned off is asked again: nobody knows how it fares. */
async function probeAll(db: Db, { organizationId }: Actor, provider: string): Promise<void> {
  const where = { provider, status: { notIn: ['disconnected', 'disconnecting'] } }
  for (const { id } of await db.connection.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } }))
    await enqueue(db, 'connections.probe', { organizationId, connectionId: id })
}

function checkOptions({ name, options = [] }: Provider, wanted: ProviderPatch['options'] = {}): void {
  const unknown = Object.keys(wanted).find((id) => !options.some((option) => option.id === id))
  if (unknown !== undefined) throw fieldProblem('options', `${name} has no such option. Reload the page and try again.`)
}

/** Of options that say different things of the same account one can be on. */
function refuseContradiction({ options = [] }: Provider, on: readonly string[]): void {
  const said = new Map<string, { value: string; label: string }>()
  for (const { label, config = {} } of options.filter((option) => on.includes(option.id)))
    for (const [name, value] of Object.entries(config)) {
      const other = said.get(name)
      if (other && other.value !== value)
        throw fieldProblem('options', `“${other.label}” and “${label}” exclude each other. Turn one of them off.`)
      said.set(name, { value, label })
    }
}

/**
 * Turns a provider on or off for the organization, or says who may connect it, what is asked for besides and whether it may
 * be part of answers. A credential is kept either way; what is as it was is not written. Throws `not-found` for no
 * provider of ours, `fields-not-accepted` for an option it does not have, `conflict` where somebody else was first.
 */
export async function configure(actor: Actor, id: string, patch: ProviderPatch): Promise<ProviderView> {
  allow(actor, 'connector.configure')
  const provider = needProvider(id)
  checkOptions(provider, patch.options)
  await withOrg(actor, (db) => change(db, actor, provider, patch))
  return findProviderView(actor, id)
}
