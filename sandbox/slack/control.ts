import { Refused } from '#sandbox/provider.ts'
import { removeChannel, setChannel, setMembership } from './control-channel.ts'
import { Input, type Parsed, parsed, Revocation } from './control-input.ts'
import { removeApp, removeToken, removeUser } from './ending.ts'
import { setRemaining } from './limits.ts'
import { methodOf } from './methods.ts'
import { accountOf, newId, personOf, type State, type Workspace, workspaceOf } from './state.ts'

/** POST /__sandbox/set for Slack; answers the ids of what it made. */
export function set(state: State, input: unknown): unknown {
  const {
    provider: _,
    rateRemaining,
    limits,
    channel,
    fill,
    removeChannel: gone,
    invite,
    remove,
    person,
    ...settings
  } = parsed(Input, input)
  Object.assign(state.settings, settings)
  if (rateRemaining) setRate(state, rateRemaining)
  for (const [method, perMinute] of Object.entries(limits ?? {})) state.limits.set(knownMethod(method), perMinute)
  if (person) setPerson(state, person)
  if (gone) removeChannel(knownWorkspace(state, gone.workspace), gone.channel)
  const made = channel && setChannel(state, knownWorkspace(state, channel.workspace), channel)
  for (let number = 1; fill && number <= fill.count; number += 1)
    setChannel(state, knownWorkspace(state, fill.workspace), { ...fill, name: `${fill.prefix}-${number}` })
  for (const [place, isIn] of [
    [invite, true],
    [remove, false],
  ] as const)
    if (place) setMembership(state, knownWorkspace(state, place.workspace), place.channel, isIn)
  return { ok: true, ...(made && { channel: { id: made.id, messages: made.messages.map(({ ts }) => ts) } }) }
}

/** POST /__sandbox/revoke: what somebody does in Slack's settings. */
export function revoke(state: State, input: unknown): unknown {
  const wanted = parsed(Revocation, input)
  if ('token' in wanted) return { ok: true, ended: removeToken(state, wanted.token) }
  if ('workspace' in wanted) {
    const installation = state.installations.get(knownWorkspace(state, wanted.workspace).id)
    return { ok: true, ended: installation ? removeApp(state, installation) : 0 }
  }
  const known = accountOf(state, wanted.account)
  if (!known) throw new Refused(`no account ${wanted.account}`)
  const installation = state.installations.get(known.workspace.id)
  if (!installation) return { ok: true, ended: 0 }
  // Who installed an app takes it away; anybody else takes away what they gave it.
  const isOwner = installation.installedBy === known.person.id
  const ended = isOwner ? removeApp(state, installation) : removeUser(state, installation, known.person.id)
  return { ok: true, ended }
}

/** The workspace that a domain or an id names; control is told when there is none. */
export function knownWorkspace(state: State, key: string): Workspace {
  const workspace = workspaceOf(state, key)
  if (workspace) return workspace
  throw new Refused(`no workspace ${key}; there are: ${state.workspaces.map(({ domain }) => domain).join(', ')}`)
}

function knownMethod(name: string): string {
  if (methodOf(name) || name.startsWith('oauth.v2.')) return name
  throw new Refused(`no method ${name}`)
}

function setRate(state: State, { workspace, method, remaining }: Parsed<'rateRemaining'>): void {
  const known = methodOf(method)
  // Calls of the app itself count for no workspace.
  const teamId = known ? knownWorkspace(state, workspace).id : ''
  setRemaining(state, teamId, knownMethod(method), known?.tier ?? 'special', remaining)
}

function setPerson(state: State, { account, name, email, admin, deactivated }: Parsed<'person'>): void {
  const [login = '', domain = ''] = account.split('@')
  const workspace = knownWorkspace(state, domain)
  const known = personOf(workspace, login)
  const person = known ?? {
    id: newId(state, 'U'),
    login,
    name: login,
    title: '',
    email: `${login}@acme.example`,
    isAdmin: false,
    isBot: false,
    isDeleted: false,
  }
  if (!known) workspace.people.push(person)
  person.name = name ?? person.name
  person.email = email ?? person.email
  person.isAdmin = admin ?? person.isAdmin
  person.isDeleted = deactivated ?? person.isDeleted
  const installation = state.installations.get(workspace.id)
  if (deactivated && installation) removeUser(state, installation, person.id)
}
