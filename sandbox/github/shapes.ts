import type { World } from '#sandbox/provider.ts'
import { type Account, accountOf, type Organization, organizationOf, type State } from './state.ts'

export const apiUrl = (world: World): string => `${world.url}/github-api`
export const webUrl = (world: World): string => `${world.url}/github-web`
export const nodeId = (kind: string, id: number | string): string => Buffer.from(`${kind}:${id}`).toString('base64url')

const USER_LINKS = {
  followers: '/followers',
  following: '/following{/other_user}',
  gists: '/gists{/gist_id}',
  starred: '/starred{/owner}{/repo}',
  subscriptions: '/subscriptions',
  organizations: '/orgs',
  repos: '/repos',
  events: '/events{/privacy}',
  received_events: '/received_events',
}

/** A person or an organization as it stands inside other answers; someone who left GitHub is its `ghost`. */
export function simpleUser(state: State, login: string) {
  const organization = organizationOf(state, login)
  const owner = organization ?? accountOf(state, login) ?? { login: 'ghost', id: 10137 }
  const url = `${apiUrl(state.world)}/users/${owner.login}`
  return {
    login: owner.login,
    id: owner.id,
    node_id: nodeId(organization ? 'Organization' : 'User', owner.id),
    avatar_url: `${webUrl(state.world)}/avatars/${owner.id}`,
    gravatar_id: '',
    url,
    html_url: `${webUrl(state.world)}/${owner.login}`,
    ...Object.fromEntries(Object.entries(USER_LINKS).map(([name, path]) => [`${name}_url`, url + path])),
    type: organization ? 'Organization' : 'User',
    site_admin: false,
  }
}

/** The answer of GET /user; the private part needs scope `user` or `read:user`. */
export function ownUser(state: State, account: Account, showsPrivate: boolean) {
  const own = state.repositories.filter(({ owner }) => owner === account.login)
  const privates = own.filter(({ isPrivate }) => isPrivate).length
  return {
    ...simpleUser(state, account.login),
    name: account.name,
    company: account.company,
    blog: '',
    location: account.location,
    email: account.email,
    hireable: null,
    bio: account.bio,
    twitter_username: null,
    public_repos: own.length - privates,
    public_gists: 0,
    followers: 12,
    following: 7,
    created_at: account.createdAt,
    updated_at: account.createdAt,
    ...(showsPrivate && {
      private_gists: 0,
      total_private_repos: privates,
      owned_private_repos: privates,
      disk_usage: 1024,
      collaborators: 0,
      two_factor_authentication: true,
      plan: { name: 'pro', space: 976_562_499, private_repos: 9999, collaborators: 0 },
    }),
  }
}

/** An organization as GET /user/orgs lists it. */
export function simpleOrganization(state: State, organization: Organization) {
  const url = `${apiUrl(state.world)}/orgs/${organization.login}`
  return {
    login: organization.login,
    id: organization.id,
    node_id: nodeId('Organization', organization.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${webUrl(state.world)}/avatars/${organization.id}`,
    description: organization.description,
  }
}
