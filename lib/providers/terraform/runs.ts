import { ProviderFailure } from '#lib/providers/api.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { runLink } from './links.ts'
import { BESIDE, readRun, type WholeRun, wholeRun } from './run-shape.ts'
import { Run, readPage, type Workspace } from './shapes.ts'
import { inWorkspace, ofOrganization, readWorkspace, workspaceUrl } from './workspaces.ts'

/** A run's title: the first line of what was said of it. */
export const titleOf = ({ id, attributes: { message } }: Run): string => message?.trim().split('\n')[0] || id

/** The page of a run. */
export const runUrl = (api: Api, { id }: Run, workspace: Workspace): string =>
  workspaceUrl(api, workspace, `/runs/${id}`)

function toResource(api: Api, { run, body }: WholeRun, workspace: Workspace): Resource {
  return {
    kind: 'run',
    id: run.id,
    title: titleOf(run),
    url: runUrl(api, run, workspace),
    ...inWorkspace(workspace),
    updatedAt: run.attributes['created-at'] ?? undefined,
    body,
  }
}

/** Where a run is: told with it, else asked for. Without its workspace nobody could say whether it may be shown. */
export async function placeOf(api: Api, { run, workspace }: WholeRun): Promise<Workspace> {
  if (workspace?.relationships?.organization?.data) return ofOrganization(api, workspace)
  const id = run.relationships?.workspace?.data?.id
  if (id === undefined) throw new ProviderFailure('not_found')
  return readWorkspace(api, id)
}

type At = { parent?: string | undefined; cursor?: string | undefined; query?: string }

/** Runs of a workspace, else of the organization: newest first, without those that only plan, as on Terraform's own pages. */
async function runPage(api: Api, { parent, cursor, query }: At): Promise<Page> {
  const within = parent === undefined ? null : await readWorkspace(api, parent)
  const path = within ? `/workspaces/${within.id}/runs` : `/organizations/${api.config.organization ?? ''}/runs`
  const { data, included, nextCursor } = await readPage(api, path, {
    schema: Run,
    query: { ...BESIDE, 'search[basic]': query },
    cursor,
    size: 20,
  })
  const items = data.map(async (run) => {
    const whole = wholeRun(run, included)
    return toResource(api, whole, within ?? (await placeOf(api, whole)))
  })
  return { items: await Promise.all(items), nextCursor }
}

export const runs: Reader = {
  kind: 'run',
  name: 'Run',
  children: ['plan'],
  list: (api, { parent, cursor }) => runPage(api, { parent, cursor }),
  search: (api, query, { parent, cursor }) => runPage(api, { query: query.trim(), parent, cursor }),
  searchOnDemand: true,
  read: async (api, id) => {
    const whole = await readRun(api, id)
    return toResource(api, whole, await placeOf(api, whole))
  },
  match: runLink,
}
