import { type Call, header } from '#sandbox/http.ts'
import { notFound, unauthorized } from './refusal.ts'
import {
  type Host,
  LEVELS,
  type Level,
  ORIGINS,
  type Organization,
  organizationOf,
  type State,
  type Team,
  type Token,
  type User,
  type Workspace,
  workspaceOf,
} from './state.ts'
import { isAlive } from './tokens.ts'

type Caller = { token: Token; user: User | null }
export type Context = { state: State; host: Host; caller: Caller }

// These work at their own service alone.
const ELSEWHERE = ['audit-trail', 'agent']

/** The token of a call where it is one of this installation that works, or null. */
export function tokenOf(call: Call, state: State): Token | null {
  const [, value = ''] = /^bearer (\S+)$/i.exec(header(call, 'authorization') ?? '') ?? []
  const token = state.tokens.get(value)
  if (!token || !isAlive(state, token)) return null
  return ORIGINS[call.origin]?.host === token.host && !ELSEWHERE.includes(token.kind) ? token : null
}

/** Who sent this call; without a token that works there is a 401. */
export function signedIn(call: Call, state: State): Caller {
  const token = tokenOf(call, state)
  if (!token) throw unauthorized()
  const user = state.users.find(({ username, host }) => username === token.username && host === token.host) ?? null
  token.lastUsedAt = state.world.clock.now()
  call.note.token = token.value
  call.note.account = user?.email ?? token.organization ?? ''
  return { token, user }
}

/** The teams a token acts as. */
const teamsOf = (state: State, { token, user }: Caller, { name }: Organization): Team[] =>
  state.teams.filter(
    (team) => team.organization === name && (team.id === token.team || (user && team.members.includes(user.username))),
  )

/** Whether a token finds an organization at all. */
function reaches(state: State, caller: Caller, organization: Organization): boolean {
  if (organization.host !== caller.token.host) return false
  if (caller.user && !organization.allowsUserTokens) return false
  return caller.token.organization === organization.name || teamsOf(state, caller, organization).length > 0
}

/** The organizations a token finds. */
export const reached = ({ state, caller }: Context): Organization[] =>
  state.organizations.filter((one) => reaches(state, caller, one))

/** An organization by its name, where this token finds it. */
export function readableOrganization({ state, caller }: Context, name: string): Organization {
  const organization = organizationOf(state, name)
  if (!organization || !reaches(state, caller, organization)) throw notFound()
  return organization
}

/** Whether a token may see and end the tokens of teams: the owners', and the organization's own. */
export const managesTeams = ({ state, caller }: Context, organization: Organization): boolean =>
  caller.token.kind === 'organization' || teamsOf(state, caller, organization).some(({ isOwners }) => isOwners)

/** What a token may do with a workspace; null is nothing. An organization's token manages it as an admin would. */
export function levelOf(context: Context, workspace: Workspace): Level | null {
  const { state, caller } = context
  const organization = organizationOf(state, workspace.organization)
  if (!organization || !reaches(state, caller, organization)) return null
  if (managesTeams(context, organization)) return 'admin'
  const levels = teamsOf(state, caller, organization).map(({ access }) => access[workspace.name])
  return LEVELS.findLast((level) => levels.includes(level)) ?? null
}

export const isAtLeast = (level: Level | null, wanted: Level): boolean =>
  level !== null && LEVELS.indexOf(level) >= LEVELS.indexOf(wanted)

/** A workspace by its id, where this token may do this much with it. */
export function workspaceFor(context: Context, id: string, wanted: Level = 'outputs'): Workspace {
  const workspace = workspaceOf(context.state, id)
  if (!workspace || !isAtLeast(levelOf(context, workspace), wanted)) throw notFound()
  return workspace
}

/** Refuses an organization's token what it can never do: runs, plans, notifications. */
export function refuseOrganizations({ caller }: Context): void {
  if (caller.token.kind === 'organization') throw notFound()
}
