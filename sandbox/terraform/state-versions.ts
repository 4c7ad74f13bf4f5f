import type { Handler } from '#sandbox/route.ts'
import { type Context, levelOf, readableOrganization, workspaceFor } from './access.ts'
import { listed } from './paging.ts'
import { document, notFound, Refusal } from './refusal.ts'
import { type Level, type StateVersion, statesOf, type Workspace, workspaceOf } from './state.ts'
import { shownOutput, shownResources, shownState } from './state-shapes.ts'

type Endpoint = Handler<Context>

function newestOf({ state }: Context, workspace: Workspace): StateVersion {
  const [newest] = statesOf(state, workspace)
  if (!newest) throw notFound()
  return newest
}

function requireProcessed({ isProcessed }: Workspace): void {
  if (!isProcessed)
    throw new Refusal(503, 'service unavailable', { detail: 'the state version is still being processed' })
}

/** GET /workspaces/{workspace}/current-state-version: a 404 where nothing was applied yet. */
export const showCurrentState: Endpoint = (_call, { workspace: id = '' }, context) => {
  const workspace = workspaceFor(context, id, 'read')
  return document(200, { data: shownState(context, workspace, newestOf(context, workspace)) })
}

/** GET /state-versions: both filters have to name something that this token may read. */
export const listStates: Endpoint = (call, _params, context) => {
  const [org, name] = ['organization', 'workspace'].map((one) => call.query.get(`filter[${one}][name]`))
  const organization = readableOrganization(context, org ?? '')
  const found = context.state.workspaces.find((one) => one.organization === organization.name && one.name === name)
  if (!found) throw notFound()
  const workspace = workspaceFor(context, found.id, 'read')
  return listed(call, context.state, statesOf(context.state, workspace), (one) => shownState(context, workspace, one))
}

function readable(context: Context, id: string, level: Level): [Workspace, StateVersion] {
  const version = context.state.stateVersions.find((one) => one.id === id)
  const workspace = version && workspaceOf(context.state, version.workspace)
  if (!workspace || levelOf(context, workspace) === null) throw notFound()
  return [workspaceFor(context, workspace.id, level), version]
}

/** GET /state-versions/{version} */
export const showState: Endpoint = (_call, { version: id = '' }, context) => {
  const [workspace, version] = readable(context, id, 'read')
  return document(200, { data: shownState(context, workspace, version) })
}

/** GET /workspaces/{workspace}/current-state-version-outputs: for who reads outputs and no state, too. */
export const listCurrentOutputs: Endpoint = (_call, { workspace: id = '' }, context) => {
  const workspace = workspaceFor(context, id)
  const newest = newestOf(context, workspace)
  requireProcessed(workspace)
  return document(200, { data: workspace.outputs.map((one) => shownOutput(newest, one)) })
}

/** GET /state-versions/{version}/outputs */
export const listOutputs: Endpoint = (call, { version: id = '' }, context) => {
  const [workspace, version] = readable(context, id, 'outputs')
  requireProcessed(workspace)
  return listed(call, context.state, workspace.outputs, (one) => shownOutput(version, one))
}

/** GET /workspaces/{workspace}/resources */
export const listResources: Endpoint = (call, { workspace: id = '' }, context) => {
  const workspace = workspaceFor(context, id, 'read')
  const [newest] = statesOf(context.state, workspace)
  const resources = newest && workspace.isProcessed ? shownResources(workspace, newest) : []
  return listed(call, context.state, resources, (one) => one)
}
