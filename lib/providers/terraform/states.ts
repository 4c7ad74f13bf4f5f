import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { isHidden } from './failure.ts'
import { stateSwitch } from './ids.ts'
import { stateLink } from './links.ts'
import { readOne, State, type Workspace } from './shapes.ts'
import { inWorkspace, readWorkspace, workspaceUrl } from './workspaces.ts'

/** What a workspace's state holds (developer.hashicorp.com/terraform/cloud-docs/api-docs/state-versions). */
export const readState = async (api: Api, { id }: Workspace): Promise<State> =>
  (await readOne(api, `/workspaces/${id}/current-state-version`, State)).data

/** How many resources there are; null while Terraform has not counted them. What is only looked up is none. */
function countOf({ attributes }: State): number | null {
  if (attributes['resources-processed'] === false) return null
  const managed = (attributes.resources ?? []).filter(({ type }) => !type.startsWith('data.'))
  return managed.reduce((sum, { count }) => sum + count, 0)
}

const inWords = (resources: number): string => (resources === 1 ? '1 resource' : `${resources} resources`)

function toResource(api: Api, workspace: Workspace, state: State): Resource {
  const resources = countOf(state)
  return {
    kind: 'state',
    id: workspace.id,
    title: `State of ${workspace.attributes.name}`,
    url: workspaceUrl(api, workspace, '/states'),
    ...inWorkspace(workspace),
    containerId: stateSwitch(workspace.id),
    within: [workspace.id],
    isPrivate: true,
    updatedAt: state.attributes['created-at'] ?? undefined,
    excerpt: resources === null ? 'Terraform is still counting its resources.' : inWords(resources),
    body: resources === null ? {} : { resources },
  }
}

async function read(api: Api, id: string): Promise<Resource> {
  const workspace = await readWorkspace(api, id)
  return toResource(api, workspace, await readState(api, workspace))
}

/** The one state of a workspace; none where there is none yet, which reads like one that may not be seen. */
async function list(api: Api, { parent }: { parent?: string }): Promise<Page> {
  if (parent === undefined) return { items: [] }
  try {
    return { items: [await read(api, parent)] }
  } catch (error) {
    if (isHidden(error)) return { items: [] }
    throw error
  }
}

export const states: Reader = { kind: 'state', name: 'State', list, read, match: stateLink }
