import type { Call } from '#sandbox/http.ts'
import { type Context, notFound, pathId, requireCapability } from './access.ts'
import { listOf, queryPage } from './paging.ts'
import { type Grant, notionApp, type Person, personOf, type State, workspaceOf } from './state.ts'

const MAX_UPLOAD_BYTES = 5_242_880

/** A person as other things name them. */
export const partialUser = (id: string) => ({ object: 'user', id })

/** A person, as far as the connection may know them. */
export function personShape({ settings }: State, person: Person) {
  const { users } = settings.capabilities
  if (users === 'none') return partialUser(person.id)
  return {
    object: 'user',
    id: person.id,
    name: person.name,
    avatar_url: null,
    type: 'person',
    person: users === 'emails' ? { email: person.email } : {},
  }
}

/** Who owns a connection; `partial` and `workspace` are what some connections answer. */
export function ownerShape(state: State, person: Person | undefined) {
  if (state.settings.owner === 'workspace' || !person) return { type: 'workspace', workspace: true }
  const user = state.settings.owner === 'partial' ? partialUser(person.id) : personShape(state, person)
  return { type: 'user', user }
}

function botShape(state: State, grant: Grant) {
  const workspace = workspaceOf(state, grant.workspace)
  return {
    object: 'user',
    id: grant.botId,
    name: notionApp(state.world).name,
    avatar_url: null,
    type: 'bot',
    bot: {
      owner: ownerShape(state, personOf(workspace, grant.person)),
      workspace_name: workspace?.name ?? null,
      workspace_id: grant.workspace,
      workspace_limits: { max_file_upload_size_in_bytes: MAX_UPLOAD_BYTES },
    },
  }
}

/** GET /users/me: the connection itself. */
export const showSelf = (_call: Call, _params: object, { state, grant }: Context): object => botShape(state, grant)

/** GET /users: everybody but guests, and the connection. */
export function listUsers(call: Call, _params: object, context: Context): object {
  requireCapability(context, ({ users }) => users !== 'none')
  const { state, grant } = context
  const people = workspaceOf(state, grant.workspace)?.people.filter(({ isGuest }) => !isGuest) ?? []
  const all = [...people.map((person) => ({ id: person.id, person })), { id: grant.botId, person: null }]
  return listOf(all, queryPage(call), {
    kind: 'user',
    name: 'users',
    shape: ({ person }) => (person ? personShape(state, person) : botShape(state, grant)),
  })
}

/** GET /users/{id} */
export function showUser(_call: Call, { user = '' }: Record<string, string>, context: Context): object {
  requireCapability(context, ({ users }) => users !== 'none')
  const { state, grant } = context
  const id = pathId('user_id', user)
  if (id === grant.botId) return botShape(state, grant)
  const person = workspaceOf(state, grant.workspace)?.people.find((one) => one.id === id)
  if (!person) throw notFound(state, 'user', id)
  return personShape(state, person)
}
