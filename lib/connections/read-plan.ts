import { type Prisma, withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import { ProviderFailure, unlessRefused } from '#lib/providers/api.ts'
import type { Identity, Provider } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { keepingPlan } from './kept-plan.ts'
import { standsOn } from './observe.ts'
import { withConnection } from './with-connection.ts'

/** What to keep of the plan; nothing where plans do not differ. Throws ProviderFailure where the credential is refused. */
async function askPlan({ plan }: Provider, api: Api): Promise<Prisma.InputJsonObject> {
  if (!plan) return {}
  const read = await unlessRefused(plan.read(api))
  return { plan: read ? { ...read } : { isUnread: true } }
}

/** Whose account it is, with what its plan allows. */
export async function withPlan(provider: Provider, api: Api, identity: Identity): Promise<Identity> {
  return provider.plan
    ? { ...identity, capabilities: { ...identity.capabilities, ...(await askPlan(provider, api)) } }
    : identity
}

/** Reads the plan of a connection and keeps it. What the provider refuses is told by its status, not thrown. */
export async function readPlan(actor: Actor, id: string): Promise<void> {
  try {
    const { of, read } = await withConnection(
      actor,
      id,
      async (api, used) => ({ of: used.of, read: await askPlan(used.provider, api) }),
      { isCheck: true },
    )
    await withOrg(actor, async (db) => {
      if (!(await standsOn(db, id, of))) return
      const { capabilities } = await db.connection.findFirstOrThrow({ where: { id } })
      const known = capabilities as Prisma.JsonObject // a JSON object
      await db.connection.updateMany({
        where: { id },
        data: { capabilities: keepingPlan(known, { ...known, ...read } as Prisma.InputJsonObject) }, // JSON still
      })
    })
  } catch (error) {
    if (!(error instanceof ProviderFailure || error instanceof Problem)) throw error
  }
}
