import { z } from 'zod'
import type { Identity } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import { knownRegion, selfHosted, webAddress } from './hosts.ts'

/** An address that may become a link: a browser would run some others. */
export const WebUrl = z.url({ protocol: /^https?$/ })

const Organization = z.object({
  id: z.string(),
  slug: z.string().regex(/^[a-z0-9_-]+$/),
  name: z.string().nullish(),
  // missing or empty where somebody hosts Sentry themselves
  links: z.object({ organizationUrl: WebUrl.nullish().catch(null), regionUrl: z.string().nullish() }).nullish(),
})

/** The organization itself, without its projects and teams (docs.sentry.io/api/organizations). */
export const readOrganization = (api: Api) => api('/', { schema: Organization, query: { detailed: 0 } })

/** Which organization a token opens. Of installations of one's own each counts from 1, so their host is part of the key. */
export async function identify(api: Api, { config = {} }: Grant): Promise<Identity> {
  const { id, slug, name, links } = await readOrganization(api)
  const region = knownRegion(links?.regionUrl)
  const web = webAddress(links?.organizationUrl ?? undefined, slug, config)
  const own = selfHosted(config)
  return {
    id: own === '' ? id : `${new URL(own).host}/${id}`,
    label: name?.trim() || slug,
    url: web,
    config: { organization: slug, web, ...(region ? { region } : {}) },
  }
}
