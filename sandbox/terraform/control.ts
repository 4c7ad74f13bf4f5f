import { Refused } from '#sandbox/provider.ts'
import { type Parsed, parsed, Revocation, Settings } from './control-input.ts'
import { addRun, addWorkspace, changeRun, changeWorkspace } from './new-workspace.ts'
import { organizationOf, type Run, type State, type Workspace } from './state.ts'
import { endTokens, keepToken } from './tokens.ts'

/** POST /__sandbox/set for Terraform; answers what it made: a token, workspaces, runs. */
export function set(state: State, input: unknown): unknown {
  const { makeToken, access, organization, workspaces, removeWorkspace, runs, ...rest } = parsed(Settings, input)
  const { rateLimit, runsLimit } = rest
  Object.assign(state.settings, rateLimit && { rateLimit }, runsLimit && { runsLimit })
  if (rateLimit || runsLimit) state.windows.clear()
  if (organization) setOrganization(state, organization)
  const made = workspaces?.map((one) => setWorkspace(state, one))
  if (access) setAccess(state, access)
  if (removeWorkspace) {
    const gone = named(state, removeWorkspace.organization, removeWorkspace.name)
    state.workspaces = state.workspaces.filter((one) => one !== gone)
  }
  const ran = runs?.map((one) => setRun(state, one))
  return {
    ok: true,
    ...(made && { workspaces: made.map(({ id, name }) => ({ id, name })) }),
    ...(ran && { runs: ran.map(({ id }) => ({ id })) }),
    ...(makeToken && newToken(state, makeToken)),
  }
}

/** POST /__sandbox/revoke: a token, or all of a person, a team's id or an organization. */
export function revoke(state: State, input: unknown): unknown {
  const wanted = parsed(Revocation, input)
  if ('token' in wanted) return { ok: true, ended: endTokens(state, ({ value }) => value === wanted.token) }
  const usernames = state.users.filter(({ email }) => email === wanted.account).map(({ username }) => username)
  const ended = endTokens(
    state,
    ({ username, organization }) =>
      (username !== null && usernames.includes(username)) || organization === wanted.account,
  )
  return { ok: true, ended }
}

function named(state: State, organization: string, name: string): Workspace {
  const found = state.workspaces.find((one) => one.organization === organization && one.name === name)
  if (found) return found
  throw new Refused(`no workspace ${name} in ${organization}`)
}

function newToken(state: State, { account, expiresInSeconds, ...about }: Parsed<'makeToken'>) {
  const user = state.users.find(({ email }) => email === account)
  if (account !== undefined && !user) {
    throw new Refused(`no account ${account}; there are: ${state.users.map(({ email }) => email).join(', ')}`)
  }
  const now = state.world.clock.now()
  const token = keepToken(state, {
    ...about,
    ...(user && { kind: 'user', username: user.username, host: user.host }),
    ...(expiresInSeconds !== undefined && {
      expiresAt: expiresInSeconds === null ? null : now + expiresInSeconds * 1000,
    }),
  })
  return { token: token.value, id: token.id }
}

function setOrganization(state: State, { name, entitlements, ...rest }: Parsed<'organization'>): void {
  const known = organizationOf(state, name)
  if (!known) throw new Refused(`no organization ${name}`)
  Object.assign(known, rest)
  Object.assign(known.entitlements, entitlements)
}

function setAccess(state: State, { organization, team: name, workspace, level }: Parsed<'access'>): void {
  const team = state.teams.find((one) => one.organization === organization && one.name === name)
  if (!team) throw new Refused(`no team ${name} in ${organization}`)
  named(state, organization, workspace)
  if (level === null) delete team.access[workspace]
  else team.access[workspace] = level
}

function setWorkspace(state: State, { organization, ...fields }: Parsed<'workspaces'>[number]): Workspace {
  const known = state.workspaces.find((one) => one.organization === organization && one.name === fields.name)
  if (known) {
    changeWorkspace(state, known, fields)
    return known
  }
  if (!organizationOf(state, organization)) throw new Refused(`no organization ${organization}`)
  for (const team of state.teams.filter((one) => one.organization === organization)) {
    const [level] = Object.values(team.access)
    if (level) team.access[fields.name] = level
  }
  return addWorkspace(state, organization, fields)
}

function setRun(state: State, { organization, workspace, id, ...fields }: Parsed<'runs'>[number]): Run {
  if (id === undefined) return addRun(state, named(state, organization, workspace ?? 'network-production'), fields)
  const known = state.runs.find((one) => one.id === id)
  if (!known) throw new Refused(`no run ${id}`)
  changeRun(state, known, fields)
  return known
}
