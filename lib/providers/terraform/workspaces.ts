import { ProviderFailure, unlessRefused } from '#lib/providers/api.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { pageAt } from './hosts.ts'
import { stateSwitch, switchedState, workspacePath } from './ids.ts'
import { workspaceLink } from './links.ts'
import { readRun } from './run-shape.ts'
import { readOne, readPage, Workspace } from './shapes.ts'

const organizationOf = ({ config }: Api): string => config.organization ?? ''

/** The pages of a workspace. */
export const workspaceUrl = (api: Api, { attributes: { name } }: Workspace, tab = ''): string =>
  pageAt(api, `${organizationOf(api)}/workspaces/${name}${tab}`)

/** What a thing inside a workspace says of it. */
export const inWorkspace = ({ id, attributes: { name } }: Workspace) => ({
  parent: id,
  container: name,
  containerId: id,
})

/** A workspace as it is, if it is one of the connection's organization: a person's token opens others as well. */
export function ofOrganization(api: Api, workspace: Workspace): Workspace {
  const owner = workspace.relationships?.organization?.data?.id
  if (owner !== undefined && owner.toLowerCase() !== organizationOf(api).toLowerCase())
    throw new ProviderFailure('not_found')
  return workspace
}

/** A workspace by its id, or by the names in a link. Throws ProviderFailure `not_found` for another organization's. */
export async function readWorkspace(api: Api, id: string): Promise<Workspace> {
  return ofOrganization(api, (await readOne(api, workspacePath(id, api.config), Workspace)).data)
}

/** A page of what the token may see in the organization (developer.hashicorp.com/terraform/cloud-docs/api-docs/workspaces). */
export const workspacePage = (api: Api, { query, cursor }: { query?: string; cursor?: string | undefined } = {}) =>
  readPage(api, `/organizations/${organizationOf(api)}/workspaces`, {
    schema: Workspace,
    query: { 'search[name]': query, sort: '-latest-change-at' },
    cursor,
  })

function toResource(api: Api, workspace: Workspace, body: Resource['body'] = {}): Resource {
  const { name, description, locked, ...about } = workspace.attributes
  return {
    kind: 'workspace',
    id: workspace.id,
    title: name,
    url: workspaceUrl(api, workspace),
    updatedAt: about['latest-change-at'] ?? undefined,
    excerpt: description || undefined,
    body: {
      ...body,
      locked: locked ?? false,
      execution: about['execution-mode'] ?? '',
      version: about['terraform-version'] ?? '',
    },
  }
}

async function listOf(api: Api, at: { query?: string; cursor?: string | undefined }): Promise<Page> {
  const { data, nextCursor } = await workspacePage(api, at)
  return { items: data.map((workspace) => toResource(api, workspace)), nextCursor }
}

/** With how its present run stands, where the token may read runs. A state's switch is listed beside it, and read as well. */
async function read(api: Api, id: string): Promise<Resource> {
  if (switchedState(id) !== null) return containers.read(api, id)
  const workspace = await readWorkspace(api, id)
  const current = workspace.relationships?.['current-run']?.data?.id
  const run = current && (await unlessRefused(readRun(api, current)))
  return toResource(api, workspace, run ? run.body : {})
}

/** The switch of what a state holds: off until an admin turns it on, and nothing while the workspace is off. */
const switchOf = ({ id, title, url }: Resource): Resource => ({
  kind: 'workspace',
  id: stateSwitch(id),
  title: `${title} (state)`,
  url: `${url}/states`,
  within: [id],
  isPrivate: true,
})

/** Each workspace, and beside it its state: two switches. */
export const containers: Required<Pick<Reader, 'list' | 'read'>> = {
  list: async (api, { cursor }) => {
    const { items, ...page } = await listOf(api, { cursor })
    return { ...page, items: items.flatMap((workspace) => [workspace, switchOf(workspace)]) }
  },
  read: async (api, id) => {
    const ofState = switchedState(id)
    const workspace = toResource(api, await readWorkspace(api, ofState ?? id))
    return ofState === null ? workspace : switchOf(workspace)
  },
}

export const workspaces: Reader = {
  kind: 'workspace',
  name: 'Workspace',
  looks: 'run',
  children: ['run', 'state'],
  list: (api, { cursor }) => listOf(api, { cursor }),
  search: (api, query, { cursor }) => listOf(api, { query: query.trim(), cursor }),
  read,
  match: workspaceLink,
}
