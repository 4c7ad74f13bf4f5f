import { compareScopes } from '#lib/oauth/scopes.ts'
import type { Db } from '#lib/platform/db.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { AuthMethod, Slot, Verified } from '#lib/providers/define-auth.ts'
import { providers } from '#lib/providers/registry.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { openGrant } from '#lib/vault/grant.ts'
import { knownProvider } from '#lib/vault/reach.ts'

/** Whether the organization has its tools through its site, where it verifies access instead of connecting. */
export const isNative = ({ organization }: Pick<Actor, 'organization'>): boolean =>
  organization.atlassianMode === 'native'

/** How access to a provider is verified; null where it is not. */
export const verifiedMethod = (provider: Provider): Verified | null =>
  provider.auth.find((method): method is Verified & AuthMethod => method.type === 'verified') ?? null

/** Whether access to a provider is verified in this slot here, and not asked for in any other way. */
export const isVerifiedHere = (actor: Pick<Actor, 'organization'>, provider: Provider, slot: Slot): boolean =>
  isNative(actor) && provider.auth.some(({ type, slots }) => type === 'verified' && (slots?.includes(slot) ?? true))

type Standing = Awaited<ReturnType<Db['connection']['findFirst']>>

/** The organization's connection that verified access rests on, as it stands now. */
export const findThrough = (db: Db, { through }: Verified): Promise<Standing> =>
  db.connection.findFirst({ where: { provider: through, slotKey: 'organization' } })

/** Whether the consent behind a connection was asked for another provider's permissions too. */
async function reaches(db: Db, { credentialId, organizationId }: NonNullable<Standing>, { scopes }: Verified) {
  const row = await db.credential.findFirst({ where: { id: credentialId ?? '' } })
  const grant = row?.sealed ? await openGrant(row.sealed, { organizationId, id: row.id, version: row.version }) : null
  const names = scopes.map(({ name }) => name)
  return grant !== null && compareScopes(scopes, names, grant.scopes ?? names).missingRequired.length === 0
}

/** Why native mode has nothing to rest on, in words; null where every provider that is verified in it can be asked. */
export async function refuseNative(db: Db): Promise<string | null> {
  for (const provider of providers) {
    const method = verifiedMethod(provider)
    if (!method) continue
    const { name } = knownProvider(method.through)
    const standing = await findThrough(db, method)
    if (!standing?.credentialId || standing.status !== 'connected')
      return `Connect ${name} for the organization first. Then turn native mode on.`
    if (standing.method !== 'oauth2')
      return `${name} is connected with a token that somebody made. Connect it for the organization by signing in first. Then turn native mode on.`
    if (!(await reaches(db, standing, method)))
      return `What ${name} was allowed does not include ${provider.name}. Disconnect ${name} for the organization, connect it again with “Also connect ${provider.name}” ticked, then turn native mode on.`
  }
  return null
}
