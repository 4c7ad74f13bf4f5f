import { resolve } from '#sandbox/git/repository.ts'
import { json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, existing, invalid, isVisible, notFound, permissionOf, readable, signedIn } from './access.ts'
import { shownCommit } from './commits.ts'
import { trimmed } from './fields.ts'
import { numbered } from './paging.ts'
import { asked } from './query.ts'
import { linked, repositoryPage, repositoryRef, repositoryUrl, shownRepository } from './shapes.ts'
import { type Repository, repositoriesOf, type State } from './state.ts'

type Endpoint = Handler<Context>

const FIELDS =
  'uuid name full_name slug description language size is_private scm created_on updated_on mainbranch.name project.key project.name workspace.slug'.split(
    ' ',
  )
const ROLES: Readonly<Record<string, readonly string[]>> = {
  member: ['read', 'write', 'admin'],
  contributor: ['write', 'admin'],
  admin: ['admin'],
  owner: ['admin'],
}

/** GET /repositories/{workspace}: what the caller sees, or with `role` what is theirs to that degree. */
export const listRepositories: Endpoint = async (call, { workspace = '' }, context) => {
  const { state, caller } = context
  const home = existing(context, workspace)
  const role = call.query.get('role')
  const wanted = role === null ? null : ROLES[role]
  if (wanted === undefined) throw invalid(`Invalid role: ${role}`)
  const isOwn = (one: Repository): boolean => {
    const { email } = signedIn(caller)
    const isGranted = home.members[email] === 'owner' || one.grants[email] !== undefined
    return isGranted && (wanted?.includes(permissionOf(state, email, one) ?? '') ?? false)
  }
  const seen = repositoriesOf(state, home).filter((one) => isVisible(context, one) && (role === null || isOwn(one)))
  const shown = await Promise.all(seen.map((one) => shownRepository(state, one)))
  return numbered(call, state, asked(call, shown, FIELDS), (one) => one)
}

/** GET /repositories/{workspace}/{repo} */
export const showRepository: Endpoint = async (call, params, context) =>
  json(200, trimmed(call, await shownRepository(context.state, readable(context, params))))

/** A branch with the commit it points at. */
async function shownBranch(state: State, repository: Repository, name: string) {
  const head = await resolve(repository.git, name)
  const url = repositoryUrl(state, repository)
  return {
    name,
    target: head && { ...shownCommit(state, repository, head), repository: repositoryRef(state, repository) },
    links: linked({
      self: `${url}/refs/branches/${name}`,
      commits: `${url}/commits/${name}`,
      html: `${repositoryPage(state, repository)}/branch/${name}`,
    }),
    type: 'branch',
    merge_strategies: ['merge_commit', 'squash', 'fast_forward'],
    default_merge_strategy: 'merge_commit',
  }
}

/** GET /repositories/{workspace}/{repo}/refs/branches */
export const listBranches: Endpoint = async (call, params, context) => {
  const { state } = context
  const repository = readable(context, params)
  const branches = await repository.git.branches()
  const shown = await Promise.all(branches.map(({ name }) => shownBranch(state, repository, name)))
  return numbered(call, state, asked(call, shown, ['name', 'target.hash', 'target.date']), (one) => one)
}

/** GET /repositories/{workspace}/{repo}/refs/branches/{name} */
export const showBranch: Endpoint = async (call, params, context) => {
  const { state } = context
  const repository = readable(context, params)
  const found = (await repository.git.branches()).find(({ name }) => name === params.name)
  if (!found) throw notFound(`Branch "${params.name}" not found`)
  return json(200, trimmed(call, await shownBranch(state, repository, found.name)))
}
