import { Refused } from '#sandbox/provider.ts'
import { Input, type Parsed, parsed, Revocation } from './control-input.ts'
import { fill, removeThing, setArticle, setContact, setConversation } from './control-thing.ts'
import { endAdmin, endTokens, uninstall } from './ending.ts'
import { setRemaining } from './limits.ts'
import { type Admin, accountOf, newNumber, type State, type Workspace, workspaceOf } from './state.ts'

/** POST /__sandbox/set for Intercom; answers the ids of what it made. */
export function set(state: State, input: unknown): unknown {
  const {
    provider: _,
    rateRemaining,
    workspace,
    teammate,
    conversation,
    contact,
    article,
    remove,
    fill: more,
    ...settings
  } = parsed(Input, input)
  Object.assign(state.settings, settings)
  if (rateRemaining !== undefined) setRemaining(state, rateRemaining)
  if (workspace) setWorkspace(state, workspace)
  if (teammate) setTeammate(state, teammate)
  if (remove) removeThing(knownWorkspace(state, remove.workspace), remove.kind, remove.id)
  if (more) fill(state, knownWorkspace(state, more.workspace), more)
  return {
    ok: true,
    ...(contact && { contact: setContact(state, knownWorkspace(state, contact.workspace), contact).id }),
    ...(conversation && {
      conversation: setConversation(state, knownWorkspace(state, conversation.workspace), conversation).id,
    }),
    ...(article && { article: setArticle(state, knownWorkspace(state, article.workspace), article).id }),
  }
}

/** POST /__sandbox/revoke: what somebody does in Intercom's settings. */
export function revoke(state: State, input: unknown): unknown {
  const wanted = parsed(Revocation, input)
  if ('token' in wanted) return { ok: true, ended: endTokens(state, ({ value }) => value === wanted.token) }
  if ('workspace' in wanted) return { ok: true, ended: uninstall(state, knownWorkspace(state, wanted.workspace)) }
  const known = accountOf(state, wanted.account)
  if (!known) throw new Refused(`no account ${wanted.account}`)
  return { ok: true, ended: endAdmin(state, known.workspace, known.admin) }
}

/** The workspace that a domain or an id_code names; control is told when there is none. */
export function knownWorkspace(state: State, key: string): Workspace {
  const workspace = workspaceOf(state, key)
  if (workspace) return workspace
  throw new Refused(`no workspace ${key}; there are: ${state.workspaces.map(({ domain }) => domain).join(', ')}`)
}

function setWorkspace(state: State, { workspace: key, name, plan, region }: Parsed<'workspace'>): void {
  const workspace = knownWorkspace(state, key)
  workspace.name = name ?? workspace.name
  workspace.hasPlan = plan ?? workspace.hasPlan
  workspace.region = region ?? workspace.region
}

function setTeammate(state: State, { account, name, email, emailVerified, gone }: Parsed<'teammate'>): void {
  const [login = '', domain = ''] = account.split('@')
  const workspace = knownWorkspace(state, domain)
  const known = workspace.admins.find((one) => one.login === login)
  const admin: Admin = known ?? {
    id: String(newNumber(state)),
    login,
    name: login,
    email: `${login}@acme.example`,
    isEmailVerified: true,
    hasSeat: true,
    hasGone: false,
  }
  if (!known) workspace.admins.push(admin)
  admin.name = name ?? admin.name
  admin.email = email ?? admin.email
  admin.isEmailVerified = emailVerified ?? admin.isEmailVerified
  admin.hasGone = gone ?? admin.hasGone
  // What a teammate authorized ends when they lose their access.
  if (gone) endAdmin(state, workspace, admin)
}
