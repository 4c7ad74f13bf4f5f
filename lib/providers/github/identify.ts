import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Api, Grant, Identity } from '#lib/providers/define.ts'
import { ownRepositories, WebUrl } from './repositories.ts'

const User = z.object({ id: z.number().int(), login: z.string(), html_url: WebUrl })
const Organizations = z.array(z.object({ login: z.string() }))

/** Scopes as the header lists them; absent for a token that has permissions instead. */
function scopesIn(headers: Headers, token: string): string[] | undefined {
  const listed = headers.get('x-oauth-scopes')
  if (listed === null || token.startsWith('ghu_')) return undefined
  return listed
    .split(',')
    .map((scope) => scope.trim())
    .filter(Boolean)
}

const mayAskElsewhere = (error: unknown): boolean =>
  error instanceof ProviderFailure && ['forbidden', 'scope', 'setup'].includes(error.failure)

/** The organizations of the account. Without `read:org` or `user` they are told by the repositories. */
async function organizationsOf(api: Api): Promise<string[]> {
  try {
    const found = await api('/user/orgs', { schema: Organizations, query: { per_page: 100 } })
    return found.map(({ login }) => login)
  } catch (error) {
    if (!mayAskElsewhere(error)) throw error
    const { value } = await ownRepositories(api)
    const owners = value.map(({ owner }) => owner).filter(({ type }) => type === 'Organization')
    return [...new Set(owners.map(({ login }) => login))]
  }
}

/** Whose account a grant opens (docs.github.com/rest/users/users). The id stays when the login changes. */
export async function identify(api: Api, grant: Grant): Promise<Identity> {
  const { value: user, headers } = await api.whole('/user', { schema: User })
  const scopes = scopesIn(headers, grant.token)
  return {
    id: String(user.id),
    label: `@${user.login}`,
    url: user.html_url,
    ...(scopes ? { scopes } : {}),
    capabilities: { organizations: await organizationsOf(api) },
  }
}
