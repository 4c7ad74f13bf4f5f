import { z } from 'zod'
import type { Endpoints, Origins, Site } from './define.ts'
import type { Api, Config } from './define-api.ts'
import type { OAuth2, Scope } from './define-auth.ts'

/** A product of Atlassian's, as its API addresses and scopes name it. */
export type AtlassianProduct = 'jira' | 'confluence'

/** `site` is where a site answers to API tokens; a consent's tokens open nothing there. */
export const atlassianOrigins = {
  auth: 'https://auth.atlassian.com',
  api: 'https://api.atlassian.com',
  site: 'https://{site}.atlassian.net',
}

/** Where a product of one site answers to a consent's token; before the site is known, where its account does. */
export const atlassianEndpoints =
  (product: AtlassianProduct) =>
  ({ auth, api }: Origins, { cloudId }: Config): Endpoints => ({
    api: cloudId ? `${api}/ex/${product}/${cloudId}` : `${api}`,
    authorize: `${auth}/authorize`,
    token: `${auth}/oauth/token`,
  })

const offlineAccess: Scope = {
  name: 'offline_access',
  why: 'To stay connected: without it access ends after an hour.',
}

const Answer = z.looseObject({ refresh_token: z.string(), scope: z.string() })

/** A refresh token is how an answer says that offline access was given, whether or not it lists that. */
function tokenAnswer(body: unknown): unknown {
  const answer = Answer.safeParse(body).data
  if (!answer || answer.scope.split(' ').includes(offlineAccess.name)) return body
  return { ...answer, scope: `${answer.scope} ${offlineAccess.name}` }
}

/**
 * Consent at Atlassian (developer.atlassian.com/cloud/oauth/getting-started/implementing-oauth-3lo): one grant for an app and
 * an account, whatever the product. A refresh token that was used before is answered with 403 `unauthorized_client`.
 */
export const atlassianOauth = (scopes: readonly Scope[]): OAuth2 => ({
  type: 'oauth2',
  client: 'atlassian',
  account: 'Atlassian',
  clientAuth: 'body',
  pkce: false, // not among the parameters that are documented
  refresh: 'rotates',
  scopes: [...scopes, offlineAccess],
  dialect: {
    authorizeParameters: { audience: 'api.atlassian.com', prompt: 'consent' },
    tokenAnswer,
    invalidGrant: ['unauthorized_client'],
  },
})

const Sites = z.array(z.object({ id: z.string(), name: z.string(), url: z.string(), scopes: z.array(z.string()) }))

/** The sites on which a grant opens a product. A site with two products is listed twice, told apart by the scopes. */
export const atlassianSites =
  (product: AtlassianProduct) =>
  async (api: Api): Promise<Site[]> => {
    const found = await api('/oauth/token/accessible-resources', { schema: Sites })
    return found
      .filter(({ scopes }) => scopes.some((scope) => scope.includes(product)))
      .map(({ id, name, url }) => ({
        id,
        label: name,
        url,
        config: { cloudId: id, siteName: name, siteUrl: url.replace(/\/$/, '') },
      }))
  }
