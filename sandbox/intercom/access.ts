import { type Call, header } from '#sandbox/http.ts'
import { Refusal, unauthorized } from './refusal.ts'
import { type Admin, accountName, isOnHost, type Permission, type State, type Token, type Workspace } from './state.ts'

// github.com/intercom/Intercom-OpenAPI, descriptions; those before 2.13 are not simulated.
const OLD = ['1.0', '1.1', '1.2', '1.3', '1.4', '2.0', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '2.8', '2.9']
const LATE = ['2.10', '2.11', '2.12']
const NEWEST = 'Preview'
/** The versions that are simulated. */
export const SIMULATED = ['2.13', '2.14', '2.15', '2.16', NEWEST] as const

/** What a version changes: priorities in five steps came with 2.16. */
export type Version = { name: string; hasPriorities: boolean }
type Caller = { token: Token; workspace: Workspace; admin: Admin }
export type Context = { state: State; caller: Caller; version: Version }

/** What an `Intercom-Version` means. */
export const versionNamed = (name: string): Version => ({ name, hasPriorities: name === '2.16' || name === NEWEST })

/** The version that a call asks for, or else the app's own; refuses one that there is not. */
export function versionOf(call: Call, { settings }: State): Version {
  const name = header(call, 'intercom-version') ?? settings.defaultVersion
  if (SIMULATED.some((one) => one === name)) return versionNamed(name)
  const isKnown = OLD.includes(name) || LATE.includes(name)
  throw new Refusal(
    400,
    'intercom_version_invalid',
    isKnown ? `Intercom-Version ${name} is not simulated here.` : 'The requested version could not be found',
  )
}

/** Whose token a call carries; refuses one that does not work, or that is of another region. */
export function identify(call: Call, state: State): Caller {
  const [, value = ''] = /^bearer (\S+)$/i.exec(header(call, 'authorization') ?? '') ?? []
  const token = state.tokens.get(value)
  const workspace = state.workspaces.find(({ code }) => code === token?.code)
  const admin = workspace?.admins.find(({ id }) => id === token?.adminId)
  if (!token || token.hasEnded || !workspace || !admin || !isOnHost(state, workspace)) throw unauthorized()
  call.note.token = token.value
  call.note.account = accountName(workspace, admin)
  return { token, workspace, admin }
}

/** Refuses a call that would not take JSON for an answer (http-responses, 406). */
export function requireAccept(call: Call): void {
  const wanted = (header(call, 'accept') ?? '').split(',').map((one) => one.split(';')[0]?.trim().toLowerCase() ?? '')
  if (wanted.some((one) => one === 'application/json' || one === 'application/*' || one === '*/*')) return
  throw new Refusal(406, 'media_type_not_acceptable', 'The Accept header should send a media type of application/json')
}

/** Refuses what is not ticked for the app, and a workspace whose plan has no API. */
export function requirePermission({ state, caller }: Context, permission: Permission): void {
  if (permission !== 'admins' && !caller.workspace.hasPlan)
    throw new Refusal(403, 'api_plan_restricted', 'Active subscription needed.')
  if (!state.settings.permissions.includes(permission))
    throw new Refusal(403, 'token_unauthorized', 'The token is not allowed to access this resource')
}
