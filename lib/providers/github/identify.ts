import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Identity } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import { ownRepositories, WebUrl } from './repositories.ts'

const User = z.object({ id: z.number().int(), login: z.string(), html_url: WebUrl })
const Organizations = z.array(z.object({ login: z.string() }))

/** A GitHub App's token and a fine-grained one. */
const hasPermissions = ({ token }: Grant): boolean => token.startsWith('ghu_') || token.startsWith('github_pat_')

/** Scopes as the header lists them; absent for a token that has permissions instead. */
function scopesIn(headers: Headers, grant: Grant): string[] | undefined {
  const listed = headers.get('x-oauth-scopes')
  if (listed === null || hasPermissions(grant)) return undefined
  return listed
    .split(',')
    .map((scope) => scope.trim())
    .filter(Boolean)
}

/**
 * When a pasted token ends: `2026-12-31 08:15:54 UTC`
 * (docs.github.com/authentication/keeping-your-account-and-data-secure/token-expiration-and-revocation).
 */
function endIn(headers: Headers): Date | undefined {
  const [, day, time, zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?: (?:UTC|([+-]\d{4})))?$/.exec(
      headers.get('github-authentication-token-expiration') ?? '',
    ) ?? []
  const end = new Date(`${day}T${time}${zone.replace(/(\d\d)$/, ':$1')}`)
  return Number.isNaN(end.getTime()) ? undefined : end
}

const mayAskElsewhere = (error: unknown): boolean =>
  error instanceof ProviderFailure && ['forbidden', 'scope', 'setup'].includes(error.failure)

async function ownersOf(api: Api): Promise<string[]> {
  const { value } = await ownRepositories(api)
  const owners = value.map(({ owner }) => owner).filter(({ type }) => type === 'Organization')
  return [...new Set(owners.map(({ login }) => login))]
}

/**
 * The organizations of the account. Without `read:org` or `user` they are told by the repositories, as for a fine-grained
 * token, which is answered with none (docs.github.com/rest/orgs/orgs).
 */
export async function organizationsOf(api: Api, grant: Grant): Promise<string[]> {
  try {
    const found = await api('/user/orgs', { schema: Organizations, query: { per_page: 100 } })
    return found.length === 0 && hasPermissions(grant) ? await ownersOf(api) : found.map(({ login }) => login)
  } catch (error) {
    if (!mayAskElsewhere(error)) throw error
    return ownersOf(api)
  }
}

/** Whose account a grant opens (docs.github.com/rest/users/users). The id stays when the login changes. */
export async function identify(api: Api, grant: Grant): Promise<Identity> {
  const { value: user, headers } = await api.whole('/user', { schema: User })
  const scopes = scopesIn(headers, grant)
  const expiresAt = grant.refreshToken ? undefined : endIn(headers)
  return {
    id: String(user.id),
    label: `@${user.login}`,
    url: user.html_url,
    ...(scopes ? { scopes } : {}),
    ...(expiresAt ? { expiresAt } : {}),
    capabilities: { organizations: await organizationsOf(api, grant) },
  }
}
