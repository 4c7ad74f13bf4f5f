import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import { siteLabel } from '#lib/providers/atlassian-site.ts'
import type { Identity } from '#lib/providers/define.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'

const Myself = z.object({ accountId: z.string(), displayName: z.string().optional() })
const Tenant = z.object({ cloudId: z.string().regex(/^[A-Za-z0-9-]{1,100}$/) })

/** The only call that an account nobody knows may not make: others answer them with nothing, as if all were well. */
const askMyself = (api: Api, path = '', elsewhere?: true) =>
  api(`${path}/rest/api/3/myself`, { schema: Myself, ...(elsewhere ? { elsewhere } : {}) })

const identityOf = ({ accountId, displayName }: z.infer<typeof Myself>, config: Config, site: string): Identity => ({
  id: `${site}/${accountId}`,
  label: siteLabel(config),
  ...(displayName ? { person: displayName } : {}),
  ...(config.siteUrl ? { url: config.siteUrl } : {}),
})

const isRefused = (error: unknown): boolean => error instanceof ProviderFailure && error.failure === 'expired'

/**
 * Whose API token it is. One that was made with scopes opens nothing at the site, and is taken where consents' tokens are
 * (support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account).
 */
async function identifyToken(api: Api, config: Config): Promise<Identity> {
  if (config.cloudId) return identityOf(await askMyself(api), config, config.cloudId)
  const { cloudId } = await api('/_edge/tenant_info', { schema: Tenant })
  const home = { siteUrl: api.base.replace(/\/+$/, '') }
  const known = { ...config, ...home }
  try {
    return { ...identityOf(await askMyself(api), known, cloudId), config: home }
  } catch (error) {
    if (!isRefused(error)) throw error
    const myself = await askMyself(api, `/${cloudId}`, true)
    return { ...identityOf(myself, known, cloudId), config: { ...home, cloudId } }
  }
}

/** Whose account a grant opens, and on which site (developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-myself). */
export async function identify(api: Api, { config = {} }: Grant): Promise<Identity> {
  if (config.email) return identifyToken(api, config)
  const myself = await askMyself(api)
  return { ...identityOf(myself, config, config.cloudId ?? ''), owner: myself.accountId }
}
