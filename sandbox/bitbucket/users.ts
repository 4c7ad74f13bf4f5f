import { json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, isVisible, ownWorkspace, permissionOf, refusal, signedIn } from './access.ts'
import { trimmed } from './fields.ts'
import { numbered } from './paging.ts'
import { asked } from './query.ts'
import { apiUrl, linked, repositoryRef, shownPerson, webUrl } from './shapes.ts'
import { repositoriesOf, type State, timestamp, type Workspace } from './state.ts'

type Endpoint = Handler<Context>

/** GET /user */
export const showUser: Endpoint = (call, _params, { state, caller }) => {
  const account = signedIn(caller)
  const { links, ...person } = shownPerson(state, account)
  const id = encodeURIComponent(account.uuid)
  const body = {
    ...person,
    links: {
      ...links,
      ...linked({
        repositories: `${apiUrl(state)}/repositories/${id}`,
        snippets: `${apiUrl(state)}/snippets/${id}`,
        hooks: `${apiUrl(state)}/workspaces/${id}/hooks`,
      }),
    },
    created_on: timestamp(account.createdOn),
    has_2fa_enabled: null,
    username: account.username,
    is_staff: false,
    account_status: 'active',
    location: null,
  }
  return json(200, trimmed(call, body))
}

/** GET /user/emails */
export const listEmails: Endpoint = (call, _params, { state, caller }) => {
  const { email } = signedIn(caller)
  const links = linked({ self: `${apiUrl(state)}/user/emails/${email}` })
  return numbered(call, state, [email], () => ({ type: 'email', email, is_primary: true, is_confirmed: true, links }))
}

const accessTo = (state: State, email: string, { uuid, slug, members }: Workspace) => ({
  type: 'workspace_access',
  administrator: members[email] === 'owner',
  workspace: {
    type: 'workspace_base',
    uuid,
    slug,
    links: linked({
      avatar: `${webUrl(state)}/workspaces/${slug}/avatar/`,
      self: `${apiUrl(state)}/workspaces/${slug}`,
    }),
  },
})

/** GET /user/workspaces: what a workspace is called is not said here. */
export const listOwnWorkspaces: Endpoint = (call, _params, { state, caller }) => {
  const { email } = signedIn(caller)
  const only = caller.token?.workspace ?? null
  const administrator = call.query.get('administrator')
  if (administrator !== null && administrator !== 'true' && administrator !== 'false') {
    throw refusal(400, 'Invalid value for administrator')
  }
  const own = state.workspaces.filter(
    ({ slug, members }) => members[email] !== undefined && (only === null || slug === only),
  )
  const shown = own
    .map((one) => ({ slug: one.slug, access: accessTo(state, email, one) }))
    .filter(({ access }) => administrator === null || String(access.administrator) === administrator)
  return numbered(call, state, asked(call, shown, ['slug']), ({ access }) => access, { usual: 25 })
}

/** GET /user/workspaces/{workspace}/permissions/repositories */
export const listOwnPermissions: Endpoint = (call, { workspace = '' }, context) => {
  const { state, caller } = context
  const account = signedIn(caller)
  const home = ownWorkspace(context, workspace)
  const shown = repositoriesOf(state, home)
    .filter((one) => isVisible(context, one))
    .map((one) => ({
      type: 'repository_permission',
      permission: permissionOf(state, account.email, one),
      repository: repositoryRef(state, one),
      user: shownPerson(state, account),
    }))
  return numbered(call, state, asked(call, shown, ['permission', 'repository.name']), (one) => one)
}
