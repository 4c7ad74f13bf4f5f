import { z } from 'zod'
import { siteLabel } from '#lib/providers/atlassian-site.ts'
import type { Identity } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'

const Current = z.object({ accountId: z.string(), displayName: z.string().nullish(), type: z.string().nullish() })

/** Whose account a grant opens, and on which site (developer.atlassian.com/cloud/confluence/rest/v1/api-group-users). */
export async function identify(api: Api, { config = {} }: Grant): Promise<Identity> {
  const { accountId, displayName } = await api('/wiki/rest/api/user/current', { schema: Current })
  return {
    id: `${config.cloudId ?? ''}/${accountId}`,
    owner: accountId,
    label: siteLabel(config),
    ...(displayName ? { person: displayName } : {}),
    ...(config.siteUrl ? { url: config.siteUrl } : {}),
  }
}
