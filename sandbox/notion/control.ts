import { Refused } from '#sandbox/provider.ts'
import { Input, type Parsed, parsed, Revocation } from './control-input.ts'
import { editThing, fillSource, knownThing, makeDatabase, makePage, removeThing } from './control-thing.ts'
import { setRemaining } from './limits.ts'
import { accountOf, type Grant, newId, personOf, type State, type Workspace, workspaceOf } from './state.ts'
import { endAccess, endGrant } from './tokens.ts'

/** POST /__sandbox/set for Notion; answers the ids of what it made. */
export function set(state: State, input: unknown): unknown {
  const { provider: _, rateRemaining, capabilities, workspace, person, ...more } = parsed(Input, input)
  const { page, database, edit, removePage, fill, share, unshare, endAccess: access, endRefresh, ...settings } = more
  Object.assign(state.settings, settings)
  Object.assign(state.settings.capabilities, capabilities)
  if (settings.rate || settings.spaceRate) state.budgets.clear()
  if (rateRemaining !== undefined) setRemaining(state, rateRemaining)
  if (workspace) setWorkspace(state, workspace)
  if (person) setPerson(state, person)
  const made = [
    ...(page ? [makePage(state, knownWorkspace(state, page.workspace), page)] : []),
    ...(database ? [makeDatabase(state, knownWorkspace(state, database.workspace), database)] : []),
  ]
  if (edit) editThing(state, knownWorkspace(state, edit.workspace), edit)
  if (fill) fillSource(state, knownWorkspace(state, fill.workspace), fill)
  if (share) sharedOf(state, share.account).add(thingOf(state, share))
  if (unshare) sharedOf(state, unshare.account).delete(thingOf(state, unshare))
  if (removePage) removeThing(state, knownWorkspace(state, removePage.workspace), removePage.page)
  if (access) endTokens(state, access.account, 'access')
  if (endRefresh) endTokens(state, endRefresh.account, 'refresh')
  return { ok: true, ...(made[0] && { id: made[0].id, url: made[0].url, sources: made[0].sources }) }
}

/** POST /__sandbox/revoke: what somebody does under Settings, Connections; answers how many access tokens ended. */
export function revoke(state: State, input: unknown): unknown {
  const wanted = parsed(Revocation, input)
  const ended = grantsToEnd(state, wanted).map((grant) => endGrant(state, grant))
  return { ok: true, ended: ended.reduce((sum, count) => sum + count, 0) }
}

function grantsToEnd(state: State, wanted: { account: string } | { workspace: string } | { token: string }): Grant[] {
  const grants = [...state.grants.values()]
  if ('account' in wanted) return [grantOf(state, wanted.account)].filter((grant) => grant !== undefined)
  if ('workspace' in wanted) {
    const { id } = knownWorkspace(state, wanted.workspace)
    return grants.filter(({ workspace }) => workspace === id)
  }
  const token = [...state.tokens.values()].find(
    ({ value, refresh }) => value === wanted.token || refresh?.value === wanted.token,
  )
  return grants.filter(({ botId }) => botId === token?.botId)
}

/** The workspace that a domain or an id names; control is told when there is none. */
export function knownWorkspace(state: State, key: string): Workspace {
  const workspace = workspaceOf(state, key)
  if (workspace) return workspace
  throw new Refused(`no workspace ${key}; there are: ${state.workspaces.map(({ domain }) => domain).join(', ')}`)
}

function grantOf(state: State, account: string): Grant | undefined {
  const known = accountOf(state, account)
  if (!known) throw new Refused(`no account ${account}`)
  return [...state.grants.values()].find(
    ({ workspace, person }) => workspace === known.workspace.id && person === known.person.id,
  )
}

function sharedOf(state: State, account: string): Set<string> {
  const grant = grantOf(state, account)
  if (grant?.isActive) return grant.shared
  throw new Refused(`${account} has not connected the app`)
}

const thingOf = (state: State, { account, page }: Parsed<'share'>): string =>
  knownThing(state, knownWorkspace(state, account.split('@')[1] ?? ''), page).id

function endTokens(state: State, account: string | undefined, which: 'access' | 'refresh'): void {
  const botId = account === undefined ? null : (grantOf(state, account)?.botId ?? '')
  for (const token of state.tokens.values()) {
    if (botId !== null && token.botId !== botId) continue
    if (which === 'access') endAccess(state, token)
    else if (token.refresh) token.refresh.isEnded = true
  }
}

function setWorkspace(state: State, { workspace: key, name, icon }: Parsed<'workspace'>): void {
  const workspace = knownWorkspace(state, key)
  if (name !== undefined) workspace.name = name
  if (icon !== undefined) workspace.icon = icon
}

function setPerson(state: State, { account, name, email, guest }: Parsed<'person'>): void {
  const [login = '', domain = ''] = account.split('@')
  const workspace = knownWorkspace(state, domain)
  const known = personOf(workspace, login)
  const person = known ?? { id: newId(state), login, name: login, email: `${login}@${domain}.example`, isGuest: false }
  if (!known) workspace.people.push(person)
  person.name = name ?? person.name
  person.email = email ?? person.email
  person.isGuest = guest ?? person.isGuest
}
