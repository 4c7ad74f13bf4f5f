import { withOrg } from '#lib/platform/db.ts'
import type { Provider } from '#lib/providers/define.ts'
import { providers } from '#lib/providers/registry.ts'
import type { Actor } from '#lib/tenancy/actor.ts'

/** The fields in which an address is typed. */
const addressFields = ({ auth }: Provider): string[] =>
  auth
    .flatMap((method) => ('fields' in method ? method.fields.filter(({ address }) => address) : []))
    .map(({ name }) => name)

/** Where the organization's own installations of providers are, as it was typed when they were connected. */
export async function findTypedHomes(actor: Actor): Promise<{ provider: string; base: string }[]> {
  const fields = new Map(providers.map((provider) => [provider.id, addressFields(provider)] as const))
  const asking = [...fields].filter(([, names]) => names.length > 0).map(([id]) => id)
  if (asking.length === 0) return []
  const rows = await withOrg(actor, (db) =>
    db.connection.findMany({
      where: { slot: 'organization', provider: { in: asking }, status: { not: 'disconnected' } },
      select: { provider: true, config: true },
    }),
  )
  return rows.flatMap(({ provider, config }) =>
    (fields.get(provider) ?? []).flatMap((name) => {
      const base = Object.entries({ ...(config as object) }).find(([key]) => key === name)?.[1] // a JSON object
      return typeof base === 'string' && base !== '' ? [{ provider, base }] : []
    }),
  )
}
