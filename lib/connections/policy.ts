import { Problem } from '#lib/platform/problem.ts'
import type { Provider, Reader as ResourceReader } from '#lib/providers/define.ts'
import type { Config } from '#lib/providers/define-api.ts'
import type { AuthMethod, Scope } from '#lib/providers/define-auth.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { allow, may } from '#lib/tenancy/policy.ts'

const containerKinds = new Set(['repository', 'project', 'space', 'board'])
/** Whether things of a kind hold others: admins see which there are through a connection that shows nothing else. */
export const isContainer = (kind: string): boolean => containerKinds.has(kind)

type Whose = { slot: string; userId: string | null }
type Reader = Pick<Actor, 'userId' | 'role'>

/** What somebody may know of a connection: everything, that it is there and how it fares, or nothing at all. */
export function sight(actor: Reader, connection: Whose): 'full' | 'status' | 'none' {
  if (connection.slot === 'organization') return may(actor, 'hub.see') ? 'full' : 'none'
  if (connection.userId !== null && connection.userId === actor.userId) return 'full'
  return may(actor, 'member.disconnect') ? 'status' : 'none'
}

/** Who may connect the organization's slot of a provider: the provider's own setting, else the organization's. */
export const whoMayConnect = (
  organization: { whoMayConnect: string },
  connector: { whoMayConnect: string | null } | null,
): 'admins' | 'members' =>
  (connector?.whoMayConnect ?? organization.whoMayConnect) === 'members' ? 'members' : 'admins'

/** The ids of the options that an admin switched on. */
export const optionsOf = (connector: { options: unknown } | null): ReadonlySet<string> =>
  new Set(Object.entries({ ...(connector?.options as object | null) }).flatMap(([id, on]) => (on === true ? [id] : []))) // a JSON object

/** What the options that are on say of the account before it is connected. */
export const optionConfig = (
  { options = [] }: Pick<Provider, 'options'>,
  connector: { options: unknown } | null,
): Config => {
  const on = optionsOf(connector)
  return Object.assign({}, ...options.filter(({ id }) => on.has(id)).map(({ config }) => config))
}

/** The permissions to ask for, and to hold what was given against: those of an option only while it is on. */
export const askedScopes = (scopes: readonly Scope[], options: ReadonlySet<string>): Scope[] =>
  scopes.filter(({ option }) => option === undefined || options.has(option))

/** What an admin switched on at a provider, and what the connection was granted. */
export type SearchFacts = { options: ReadonlySet<string>; granted: readonly string[] }

/** Why a kind cannot be searched now, which an admin can change; null when it can. */
export function searchClosed(
  { searchOption }: Pick<ResourceReader, 'searchOption'>,
  { name, auth, options = [] }: Pick<Provider, 'name' | 'auth' | 'options'>,
  { options: on, granted }: SearchFacts,
): string | null {
  if (searchOption === undefined) return null
  const label = options.find(({ id }) => id === searchOption)?.label ?? 'This search'
  if (!on.has(searchOption)) return `${label} is off.`
  const needed = auth.flatMap((method) => ('scopes' in method ? method.scopes : []))
  const isGranted = needed.every(({ name, option }) => option !== searchOption || granted.includes(name))
  return isGranted ? null : `${label} is on, but ${name} has not been connected again since.`
}

/** The permissions to hold a method's grant against: those of what an admin switched on, and of what was chosen in its form. */
export function scopesFor(
  method: AuthMethod | null,
  connector: { options: unknown } | null,
  config: Config = {},
): Scope[] {
  if (!method || !('scopes' in method)) return []
  const chosen = Object.entries(config).flatMap(([name, choice]) => (choice === 'on' ? [name] : []))
  return askedScopes(method.scopes, new Set([...optionsOf(connector), ...chosen]))
}

type Asking = Pick<Actor, 'kind' | 'userId' | 'role'>

/** Whether this person may connect or repair a slot. */
export function mayConnect(actor: Asking, slot: 'user' | 'organization', who: 'admins' | 'members'): boolean {
  if (slot === 'user') return may(actor, 'account.connect')
  return may(actor, 'connection.manage') || (who === 'members' && actor.role === 'member')
}

/** Throws `forbidden`, naming who can, unless the person may connect the slot. */
export function allowConnect(actor: Asking, slot: 'user' | 'organization', who: 'admins' | 'members'): void {
  if (mayConnect(actor, slot, who)) return
  throw new Problem(
    'forbidden',
    slot === 'user'
      ? 'Your role cannot connect accounts. Ask an owner or an admin.'
      : 'Only owners and admins can connect this for everyone. Ask one of them.',
  )
}

const rightToDisconnect = ({ slot }: Whose) => (slot === 'user' ? 'member.disconnect' : 'connection.manage')

/** Disconnecting one's own account is anybody's, finishing what was begun a job's; everything else is for owners and admins. */
export function mayDisconnect(actor: Asking, connection: Whose): boolean {
  if (actor.kind === 'job' || (connection.slot === 'user' && connection.userId === actor.userId)) return true
  return may(actor, rightToDisconnect(connection))
}

/** Throws `forbidden`, naming who can, unless the person may disconnect it. */
export function allowDisconnect(actor: Asking, connection: Whose): void {
  if (!mayDisconnect(actor, connection)) allow(actor, rightToDisconnect(connection))
}
