import { memoryRepository } from '#sandbox/git/memory.ts'
import { Refused } from '#sandbox/provider.ts'
import { type Parsed, parsed, Revocation, Settings } from './control-input.ts'
import { setRemaining } from './limits.ts'
import { newPull } from './pulls-data.ts'
import { HOOK_SCOPES, READ_SCOPES } from './scopes.ts'
import { type Account, accountOf, named, newUuid, type Repository, repositoryNamed, type State } from './state.ts'
import { endTokens, makeToken } from './tokens.ts'

/** POST /__sandbox/set for Bitbucket; answers what it made (a token, a commit's name, a pull request's number). */
export function set(state: State, input: unknown): unknown {
  const { limits, rateRemaining, showsLimits, deepest, ...wanted } = parsed(Settings, input)
  Object.assign(state.settings.limits, limits)
  if (showsLimits !== undefined) state.settings.showsLimits = showsLimits
  if (deepest !== undefined) state.settings.deepest = deepest
  if (rateRemaining !== undefined) setRemaining(state, rateRemaining)
  if (wanted.member) setMember(state, wanted.member)
  if (wanted.workspace) setWorkspace(state, wanted.workspace)
  if (wanted.repository) setRepository(state, wanted.repository)
  if (wanted.grant) setGrant(state, wanted.grant)
  if (wanted.removeRepository !== undefined) {
    const gone = repositoryBy(state, wanted.removeRepository)
    state.repositories = state.repositories.filter((one) => one !== gone)
  }
  return {
    ok: true,
    ...(wanted.makeToken && { token: newToken(state, wanted.makeToken) }),
    ...(wanted.commit && { commit: addCommit(state, wanted.commit) }),
    ...(wanted.pullRequest && { number: setPull(state, wanted.pullRequest) }),
  }
}

/** POST /__sandbox/revoke: a token, or every token of a person. */
export function revoke(state: State, input: unknown): unknown {
  const wanted = parsed(Revocation, input)
  const ended = endTokens(state, ({ value, account }) =>
    'token' in wanted ? value === wanted.token : account === wanted.account,
  )
  return { ok: true, ended }
}

function account(state: State, email: string): Account {
  const found = accountOf(state, email)
  if (found) return found
  throw new Refused(`no account ${email}; there are: ${state.accounts.map((one) => one.email).join(', ')}`)
}

function workspaceBy(state: State, slug: string) {
  const found = named(state.workspaces, slug)
  if (found) return found
  throw new Refused(`no workspace ${slug}`)
}

function repositoryBy(state: State, fullName: string): Repository {
  const [workspace = '', slug = ''] = fullName.split('/')
  const found = repositoryNamed(state, workspace, slug)
  if (found) return found
  throw new Refused(`no repository ${fullName}`)
}

const now = (state: State): string => new Date(state.world.clock.now()).toISOString()

function newToken(state: State, { scopes, workspace, ...about }: Parsed<'makeToken'>): string {
  account(state, about.account)
  if (workspace !== undefined) workspaceBy(state, workspace)
  const kept = about.kind === 'scoped' ? (scopes ?? [...READ_SCOPES, ...HOOK_SCOPES]) : []
  return makeToken(state, { ...about, scopes: kept, workspace: workspace ?? null }).value
}

function setMember(state: State, { workspace, account: email, role }: Parsed<'member'>): void {
  const { members } = workspaceBy(state, workspace)
  if (role === null) delete members[account(state, email).email]
  else members[account(state, email).email] = role
}

function setWorkspace(state: State, { slug, ...fields }: Parsed<'workspace'>): void {
  Object.assign(workspaceBy(state, slug), fields)
}

function setGrant(state: State, { repository, account: email, permission }: Parsed<'grant'>): void {
  const { grants } = repositoryBy(state, repository)
  if (permission === null) delete grants[account(state, email).email]
  else grants[account(state, email).email] = permission
}

function setRepository(state: State, { fullName, renamedTo, ...fields }: Parsed<'repository'>): void {
  const [home = '', slug = ''] = fullName.split('/')
  const workspace = workspaceBy(state, home)
  const known = repositoryNamed(state, home, slug) ?? addRepository(state, workspace.slug, slug)
  Object.assign(
    known,
    fields,
    { changedOn: now(state) },
    renamedTo !== undefined && { slug: renamedTo, name: renamedTo },
  )
}

function addRepository(state: State, workspace: string, slug: string): Repository {
  const fresh: Repository = {
    uuid: newUuid(),
    workspace,
    slug,
    name: slug,
    description: '',
    language: '',
    project: state.projects.find((one) => one.workspace === workspace)?.key ?? '',
    isPrivate: true,
    createdOn: now(state),
    changedOn: null,
    grants: {},
    git: memoryRepository(),
    pulls: [],
    hooks: [],
  }
  state.repositories.push(fresh)
  return fresh
}

function addCommit(state: State, { repository, branch, message, files, account: email }: Parsed<'commit'>): string {
  const { name } = account(state, email)
  return repositoryBy(state, repository).git.commitTo(branch, {
    author: { name, email, date: now(state) },
    message,
    changes: Object.entries(files).map(([path, content]) => ({ path, content })),
    ...(branch !== 'main' && { from: 'main' }),
  })
}

function setPull(state: State, { repository, number, ...fields }: Parsed<'pullRequest'>): number {
  const { pulls } = repositoryBy(state, repository)
  if (fields.author !== undefined) account(state, fields.author)
  const known = pulls.find(({ id }) => id === number)
  if (number !== undefined && !known) throw new Refused(`no pull request ${number} in ${repository}`)
  const pull = known ?? newPull((pulls.at(-1)?.id ?? 0) + 1, 'Change', 'sam@acme.example', 'main', now(state))
  if (!known) pulls.push(pull)
  Object.assign(pull, fields, { updatedOn: now(state) })
  return pull.id
}
