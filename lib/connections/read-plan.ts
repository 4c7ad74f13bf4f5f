import { type Db, type Prisma, withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import { ProviderFailure, unlessRefused } from '#lib/providers/api.ts'
import type { Identity, PlanReader, Provider } from '#lib/providers/define.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import type { GrantName } from '#lib/vault/hold.ts'
import { keepingPlan } from './kept-plan.ts'
import { standsOn } from './observe.ts'
import { type Used, withConnection } from './with-connection.ts'

/** What to keep of the plan, and what readers need to know of it. */
type Read = { plan: Prisma.InputJsonObject; config: Config }

/** Throws ProviderFailure where the credential is refused; what cannot be read else is kept as that. */
async function askPlan({ read }: PlanReader, api: Api): Promise<Read> {
  const told = await unlessRefused(read(api))
  if (!told) return { plan: { isUnread: true }, config: {} }
  const { config = {}, ...plan } = told
  return { plan: { ...plan } as Prisma.InputJsonObject, config } // plain values by its type
}

/** Whose account it is, with what its plan allows. */
export async function withPlan(provider: Provider, api: Api, identity: Identity): Promise<Identity> {
  if (!provider.plan) return identity
  const { plan, config } = await askPlan(provider.plan, api)
  const { capabilities } = identity
  return { ...identity, capabilities: { ...capabilities, plan }, config: { ...identity.config, ...config } }
}

/**
 * Reads the plan of a connection, where plans differ, and keeps it. What the provider refuses is told by its status, not
 * thrown; that it could not be asked is kept too, so that nobody waits for it.
 */
export async function readPlan(actor: Actor, id: string): Promise<void> {
  const ask = async (api: Api, { of, provider }: Used) =>
    provider.plan ? { of, ...(await askPlan(provider.plan, api)) } : null
  try {
    const read = await withConnection(actor, id, ask, { isCheck: true })
    if (read) await withOrg(actor, (db) => keep(db, id, read))
  } catch (error) {
    if (!(error instanceof ProviderFailure || error instanceof Problem)) throw error
    await withOrg(actor, (db) => keepUnread(db, id))
  }
}

/** What was known of it stays. */
async function keepUnread(db: Db, id: string): Promise<void> {
  const row = await db.connection.findFirst({ where: { id, credentialId: { not: null } } })
  if (!row) return
  const { credentialId, version } = row
  const before = row.capabilities as Prisma.InputJsonObject // a JSON object
  const capabilities = keepingPlan(before, { ...before, plan: { isUnread: true } })
  await db.connection.updateMany({ where: { id, credentialId, version }, data: { capabilities } })
}

/** Kept with the grant it was read with; of another it says nothing. */
async function keep(db: Db, id: string, { of, plan, config }: Read & { of: GrantName }): Promise<void> {
  if (!(await standsOn(db, id, of))) return
  const row = await db.connection.findFirstOrThrow({ where: { id } })
  const before = row.capabilities as Prisma.InputJsonObject // a JSON object
  const capabilities = keepingPlan(before, { ...before, plan })
  await db.connection.updateMany({
    where: { id },
    data: { capabilities, config: { ...(row.config as object), ...config } }, // a JSON object
  })
}
