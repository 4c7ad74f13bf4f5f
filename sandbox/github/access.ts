import { type Answer, json } from '#sandbox/http.ts'
import { allScopes } from './scopes.ts'
import {
  type Account,
  organizationOf,
  type Permission,
  type Repository,
  repositoryOf,
  type State,
  type Token,
} from './state.ts'

/** Who asks: nobody, or an account through a token with these scopes (implied ones included). */
export type Caller = { account: Account | null; token: Token | null; scopes: ReadonlySet<string> }
export type Context = { state: State; caller: Caller; version: string; path: string }

/** An answer that ends the request early. */
export class Refusal extends Error {
  readonly answer: Answer
  constructor(status: number, message: string, headers: Record<string, string> = {}, more: object = {}) {
    super(message)
    this.answer = json(
      status,
      { message, ...more, documentation_url: 'https://docs.github.com/rest', status: String(status) },
      headers,
    )
  }
}

export const notFound = (): Refusal => new Refusal(404, 'Not Found')
export const invalid = (...errors: object[]): Refusal => new Refusal(422, 'Validation Failed', {}, { errors })

export const anonymous: Caller = { account: null, token: null, scopes: new Set() }
export const callerWith = (account: Account, token: Token): Caller => ({
  account,
  token,
  scopes: allScopes(token.scopes),
})

/** What an account may do in a repository, whatever token it comes with. */
export function permissionOf(state: State, login: string | undefined, repository: Repository): Permission | null {
  if (login === undefined) return repository.isPrivate ? null : 'pull'
  const role = organizationOf(state, repository.owner)?.members.find((member) => member.login === login)?.role
  if (repository.owner === login || role === 'admin') return 'admin'
  return repository.grants[login] ?? (repository.isPrivate ? null : 'pull')
}

type Sight = 'visible' | 'hidden' | 'restricted' | 'sso'

/** Whether this caller sees a repository: what the person may do, cut down by token, organization policy and single sign-on. */
export function sightOf({ state, caller }: Context, repository: Repository): Sight {
  if (permissionOf(state, caller.account?.login, repository) === null) return 'hidden'
  if (!repository.isPrivate || caller.token === null) return 'visible'
  const { token, scopes } = caller
  if (token.kind === 'fine-grained' && !reaches(token, repository)) return 'hidden'
  if (token.kind !== 'fine-grained' && !scopes.has('repo')) return 'hidden'
  if (token.kind === 'oauth' && state.settings.restrictedOrgs.includes(repository.owner)) return 'restricted'
  if (state.settings.ssoOrgs.includes(repository.owner)) return 'sso'
  return 'visible'
}

function reaches(token: Token, { owner, name }: Repository): boolean {
  if (token.isPending || token.resourceOwner !== owner) return false
  return token.repositories === null || token.repositories.includes(name)
}

/** The repository that an address names, if this caller may read it; answers as GitHub does when not. */
export function readable(context: Context, owner: string, name: string, permission?: string): Repository {
  const repository = repositoryOf(context.state, owner, name)
  if (!repository) throw movedOrMissing(context, owner, name)
  const sight = sightOf(context, repository)
  if (sight === 'hidden') throw notFound()
  if (sight === 'restricted') throw restricted(repository.owner)
  if (sight === 'sso') throw signOnRequired(context.state, repository.owner)
  const { token } = context.caller
  if (permission && repository.isPrivate && token?.kind === 'fine-grained') requirePermission(token, permission)
  return repository
}

/** Refuses a fine-grained token without a permission, written `contents=read`. */
export function requirePermission(token: Token, permission: string): void {
  const [name = '', level] = permission.split('=')
  const granted = token.permissions[name]
  if (granted === 'write' || (granted === 'read' && level === 'read')) return
  throw new Refusal(403, 'Resource not accessible by personal access token', {
    'x-accepted-github-permissions': permission,
  })
}

// docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api: a renamed repository answers 301.
function movedOrMissing(context: Context, owner: string, name: string): Refusal {
  const moved = context.state.repositories.find(
    (repository) => repository.owner === owner && repository.formerNames.includes(name),
  )
  if (!moved || sightOf(context, moved) !== 'visible') return notFound()
  const suffix = context.path.split('/').slice(4).join('/')
  const url = `${context.state.world.url}/github-api/repositories/${moved.id}${suffix && `/${suffix}`}`
  return new Refusal(301, 'Moved Permanently', { location: url }, { url })
}

function restricted(organization: string): Refusal {
  return new Refusal(
    403,
    `Although you appear to have the correct authorization credentials, the \`${organization}\` organization has enabled OAuth App access restrictions, meaning that data access to third-parties is limited. For more information on these restrictions, including how to enable this app, visit https://docs.github.com/articles/restricting-access-to-your-organization-s-data/`,
  )
}

// docs.github.com/en/rest/authentication/authenticating-to-the-rest-api#authorizing-a-personal-access-token-for-saml-sso
function signOnRequired(state: State, organization: string): Refusal {
  const url = `${state.world.url}/github-web/orgs/${organization}/sso?authorization_request=A4BCDE`
  return new Refusal(
    403,
    'Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization.',
    { 'x-github-sso': `required; url=${url}` },
  )
}

/** Header of a list from which organizations are missing because of single sign-on. */
export function partialResults(context: Context): Record<string, string> {
  const missing = context.state.settings.ssoOrgs
    .filter((login) =>
      context.state.repositories.some(
        (repository) => repository.owner === login && sightOf(context, repository) === 'sso',
      ),
    )
    .flatMap((login) => organizationOf(context.state, login)?.id ?? [])
  return missing.length === 0 ? {} : { 'x-github-sso': `partial-results; organizations=${missing.join(',')}` }
}
