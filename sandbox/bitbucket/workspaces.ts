import { json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, existing, notFound, ownWorkspace, permissionOf, refusal, signedIn } from './access.ts'
import { trimmed } from './fields.ts'
import { numbered } from './paging.ts'
import { asked } from './query.ts'
import { apiUrl, linked, personBy, projectRef, repositoryRef, shownOwner, webUrl, workspaceRef } from './shapes.ts'
import { repositoriesOf, timestamp, type Workspace } from './state.ts'

type Endpoint = Handler<Context>

/** A workspace's name and place; private ones are for their members. */
function seen(context: Context, name: string): Workspace {
  const workspace = existing(context, name)
  return workspace.isPrivate ? ownWorkspace(context, name) : workspace
}

// In these places Bitbucket knows a workspace by its slug alone.
function administered(context: Context, name: string): Workspace {
  const workspace = ownWorkspace(context, name)
  if (name.startsWith('{')) throw notFound(`No workspace with identifier '${name}'.`)
  if (workspace.members[signedIn(context.caller).email] === 'owner') return workspace
  throw refusal(403, 'You must be an administrator of this workspace.')
}

/** GET /workspaces/{workspace} */
export const showWorkspace: Endpoint = (call, { workspace: name = '' }, context) => {
  const { state } = context
  const workspace = seen(context, name)
  const { links, ...ref } = workspaceRef(state, workspace)
  const [url, page] = [links.self.href, `${webUrl(state)}/${workspace.slug}/`]
  const body = {
    ...ref,
    is_private: workspace.isPrivate,
    is_privacy_enforced: false,
    links: {
      ...links,
      ...linked({
        hooks: `${url}/hooks`,
        html_overview: `${page}workspace/overview/`,
        members: `${url}/members`,
        owners: `${url}/members?q=permission%3D%22owner%22`,
        projects: `${url}/projects`,
        repositories: `${apiUrl(state)}/repositories/${workspace.slug}`,
        snippets: `${apiUrl(state)}/snippets/${workspace.slug}`,
      }),
    },
    created_on: timestamp(workspace.createdOn),
    forking_mode: 'internal_only',
  }
  return json(200, trimmed(call, body))
}

/** GET /workspaces/{workspace}/members */
export const listMembers: Endpoint = (call, { workspace: name = '' }, context) => {
  const { state } = context
  const workspace = ownWorkspace(context, name)
  const members = Object.keys(workspace.members).flatMap((email) => personBy(state, email) ?? [])
  const url = `${apiUrl(state)}/workspaces/${workspace.slug}/members`
  return numbered(call, state, members, (user) => ({
    type: 'workspace_membership',
    user,
    workspace: workspaceRef(state, workspace),
    links: linked({ self: `${url}/${encodeURIComponent(user.uuid)}` }),
  }))
}

/** GET /workspaces/{workspace}/projects */
export const listProjects: Endpoint = (call, { workspace: name = '' }, context) => {
  const { state } = context
  const home = ownWorkspace(context, name)
  const own = state.projects.filter(({ workspace }) => workspace === home.slug)
  const shown = own.map((project) => {
    const { links, ...ref } = projectRef(state, project)
    const repositories = `${apiUrl(state)}/repositories/${home.slug}?q=project.key="${project.key}"`
    return {
      ...ref,
      owner: shownOwner(state, home),
      workspace: workspaceRef(state, home),
      is_private: true,
      description: null,
      links: { ...links, ...linked({ repositories }) },
      created_on: timestamp(project.createdOn),
      updated_on: timestamp(project.createdOn),
      has_publicly_visible_repos: repositoriesOf(state, home).some(
        (one) => one.project === project.key && !one.isPrivate,
      ),
    }
  })
  return numbered(call, state, asked(call, shown, ['key', 'name', 'created_on', 'updated_on']), (one) => one)
}

/** GET /workspaces/{workspace}/permissions */
export const listPermissions: Endpoint = (call, { workspace: name = '' }, context) => {
  const { state } = context
  const workspace = administered(context, name)
  const shown = Object.entries(workspace.members).map(([email, permission]) => ({
    permission,
    type: 'workspace_membership',
    user: personBy(state, email),
    workspace: workspaceRef(state, workspace),
  }))
  return numbered(call, state, asked(call, shown, ['permission']), (one) => one)
}

/** GET /workspaces/{workspace}/permissions/repositories */
export const listRepositoryPermissions: Endpoint = (call, { workspace: name = '' }, context) => {
  const { state } = context
  const workspace = administered(context, name)
  const shown = repositoriesOf(state, workspace).flatMap((repository) =>
    [...new Set([...Object.keys(workspace.members), ...Object.keys(repository.grants)])]
      .filter((email) => workspace.members[email] === 'owner' || repository.grants[email] !== undefined)
      .map((email) => ({
        permission: permissionOf(state, email, repository),
        repository: repositoryRef(state, repository),
        type: 'repository_permission',
        user: personBy(state, email),
      })),
  )
  return numbered(call, state, asked(call, shown, ['permission', 'repository.name']), (one) => one)
}
