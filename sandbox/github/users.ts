import { json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, invalid, notFound, partialResults, permissionOf, Refusal, sightOf } from './access.ts'
import { limitState, type Resource } from './limits.ts'
import { listed } from './paging.ts'
import { fullRepository, lastPush } from './repository-shapes.ts'
import { apiUrl, ownUser, simpleOrganization, simpleUser } from './shapes.ts'
import { type Account, organizationOf, type Repository } from './state.ts'

type Endpoint = Handler<Context>

function signedIn({ caller }: Context): Account {
  if (caller.account) return caller.account
  throw new Refusal(401, 'Requires authentication')
}

/** GET /user */
export const showUser: Endpoint = (_call, _params, context) => {
  const { caller, state } = context
  return json(200, ownUser(state, signedIn(context), caller.scopes.has('user') || caller.scopes.has('read:user')))
}

/** GET /user/emails; a token without the scope gets a 404. */
export const listEmails: Endpoint = (call, _params, context) => {
  const account = signedIn(context)
  if (!context.caller.scopes.has('user:email')) throw notFound()
  return listed(call, `${apiUrl(context.state.world)}/user/emails`, account.emails, (email) => email)
}

/** GET /user/orgs; needs `read:org` or `user`, a fine-grained token gets an empty list. */
export const listOrganizations: Endpoint = (call, _params, context) => {
  const { state, caller } = context
  const account = signedIn(context)
  const isFine = caller.token?.kind === 'fine-grained'
  if (!isFine && !caller.scopes.has('read:org') && !caller.scopes.has('user')) {
    throw new Refusal(403, 'You need at least read:org scope or user scope to list your organizations.')
  }
  const mine = state.organizations.filter(({ members, login }) => {
    const isHidden = caller.token?.kind === 'oauth' && state.settings.restrictedOrgs.includes(login)
    return !isFine && !isHidden && members.some((member) => member.login === account.login)
  })
  return listed(call, `${apiUrl(state.world)}/user/orgs`, mine, (organization) =>
    simpleOrganization(state, organization),
  )
}

const AFFILIATIONS = ['owner', 'collaborator', 'organization_member'] as const

/** GET /user/repos */
export const listOwnRepositories: Endpoint = async (call, _params, context) => {
  const { state } = context
  const { login } = signedIn(context)
  const wanted = (call.query.get('affiliation') ?? AFFILIATIONS.join(',')).split(',').map((word) => word.trim())
  if (call.query.has('type') && (call.query.has('affiliation') || call.query.has('visibility'))) {
    throw invalid({
      resource: 'Search',
      code: 'invalid',
      message: 'If you specify visibility or affiliation, you cannot specify type.',
    })
  }
  const affiliationOf = (repository: Repository) => {
    if (repository.owner === login) return 'owner'
    const isMember = organizationOf(state, repository.owner)?.members.some((member) => member.login === login)
    if (isMember) return 'organization_member'
    return repository.grants[login] === undefined ? null : 'collaborator'
  }
  const visibility = call.query.get('visibility') ?? 'all'
  const mine = state.repositories.filter((repository) => {
    const affiliation = affiliationOf(repository)
    const fits = visibility === 'all' || (visibility === 'private') === repository.isPrivate
    return affiliation !== null && wanted.includes(affiliation) && fits && sightOf(context, repository) === 'visible'
  })
  return listRepositories(call, `${apiUrl(state.world)}/user/repos`, mine, context, 'full_name')
}

/** GET /orgs/{org}/repos */
export const listOrganizationRepositories: Endpoint = (call, { org = '' }, context) => {
  const organization = organizationOf(context.state, org)
  if (!organization) throw notFound()
  const type = call.query.get('type') ?? 'all'
  const theirs = context.state.repositories.filter(
    (repository) =>
      repository.owner === organization.login &&
      (type === 'all' || !['public', 'private'].includes(type) || (type === 'private') === repository.isPrivate) &&
      sightOf(context, repository) === 'visible',
  )
  return listRepositories(
    call,
    `${apiUrl(context.state.world)}/orgs/${organization.login}/repos`,
    theirs,
    context,
    'created',
  )
}

async function listRepositories(
  call: Parameters<Endpoint>[0],
  address: string,
  repositories: readonly Repository[],
  context: Context,
  otherwise: string,
) {
  const sort = call.query.get('sort') ?? otherwise
  const isUp = (call.query.get('direction') ?? (sort === 'full_name' ? 'asc' : 'desc')) === 'asc'
  const keyed = await Promise.all(
    repositories.map(async (repository) => {
      const name = `${repository.owner}/${repository.name}`.toLowerCase()
      return {
        repository,
        key: sort === 'full_name' ? name : sort === 'created' ? repository.createdAt : await lastPush(repository),
      }
    }),
  )
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) * (isUp ? 1 : -1))
  const show = ({ repository }: { repository: Repository }) =>
    fullRepository(context.state, repository, permissionOf(context.state, context.caller.account?.login, repository))
  return listed(call, address, keyed, show, partialResults(context))
}

/** GET /orgs/{org}/members; outsiders see nobody, since every membership here is concealed. */
export const listMembers: Endpoint = (call, { org = '' }, { state, caller }) => {
  const organization = organizationOf(state, org)
  if (!organization) throw notFound()
  const isInside =
    caller.scopes.has('read:org') && organization.members.some(({ login }) => login === caller.account?.login)
  const shown = isInside ? organization.members : []
  return listed(call, `${apiUrl(state.world)}/orgs/${organization.login}/members`, shown, ({ login }) =>
    simpleUser(state, login),
  )
}

/** GET /rate_limit; asking does not count. */
export const showRateLimit: Endpoint = (_call, _params, { state, caller, version }) => {
  const names: Resource[] = ['core', 'search', 'code_search']
  const [core, search, codeSearch] = names.map((resource) => limitState(state, caller, resource))
  const resources = { core, search, graphql: { ...core, used: 0, remaining: 5000 }, code_search: codeSearch }
  return json(200, version === '2022-11-28' ? { resources, rate: core } : { resources })
}
