import { Refused } from '#sandbox/provider.ts'
import type { NewRun, NewWorkspace } from './control-input.ts'
import { DEFAULT_PROJECT } from './data.ts'
import { idOf, newId, type Run, type State, statesOf, type Workspace } from './state.ts'

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

function timeOf(text: string, now: number): number {
  const [, amount, unit = ''] = /^(\d+)([smhdw])$/.exec(text) ?? []
  return amount === undefined ? Date.parse(text) : now - Number(amount) * (SECONDS[unit] ?? 0) * 1000
}

function projectOf(state: State, organization: string, name: string): string {
  const found = state.projects.find((one) => one.organization === organization && one.name === name)
  if (found) return found.id
  throw new Refused(`no project ${name} in ${organization}`)
}

/** Gives a workspace the fields that were named, in the sandbox's own terms. */
export function changeWorkspace(state: State, workspace: Workspace, fields: Omit<NewWorkspace, 'name'>): void {
  const { project, created, renamedTo, ...plain } = fields
  Object.assign(workspace, plain)
  if (project !== undefined) workspace.project = projectOf(state, workspace.organization, project)
  if (created !== undefined) workspace.createdAt = timeOf(created, state.world.clock.now())
  if (renamedTo === undefined) return
  for (const team of state.teams.filter(({ organization }) => organization === workspace.organization)) {
    const level = team.access[workspace.name]
    if (level) team.access[renamedTo] = level
  }
  workspace.name = renamedTo
}

/** Adds a workspace to an organization. */
export function addWorkspace(state: State, organization: string, { name, ...fields }: NewWorkspace): Workspace {
  const workspace: Workspace = {
    id: idOf('ws', `${organization} ${name} ${state.workspaces.length}`),
    name,
    organization,
    project: projectOf(state, organization, DEFAULT_PROJECT),
    description: null,
    executionMode: 'remote',
    terraformVersion: '1.13.4',
    isLocked: false,
    tags: [],
    repository: null,
    createdAt: state.world.clock.now(),
    resources: [],
    outputs: [],
    isProcessed: true,
  }
  changeWorkspace(state, workspace, fields)
  state.workspaces.push(workspace)
  return workspace
}

/** Gives a run the fields that were named; one that is now applied has written a state. */
export function changeRun(state: State, run: Run, { created, planOnly, refreshOnly, ...plain }: NewRun): void {
  const wasApplied = run.status === 'applied'
  Object.assign(run, plain)
  if (planOnly !== undefined) run.isPlanOnly = planOnly
  if (refreshOnly !== undefined) run.isRefreshOnly = refreshOnly
  if (created !== undefined) run.createdAt = timeOf(created, state.world.clock.now())
  if (run.status === 'applied' && !wasApplied) writeState(state, run)
}

/** Adds a run to a workspace. */
export function addRun(state: State, workspace: Workspace, fields: NewRun): Run {
  const run: Run = {
    id: newId(state, 'run'),
    workspace: workspace.id,
    status: 'pending',
    message: 'Queued manually',
    source: workspace.repository === null ? 'tfe-ui' : 'tfe-configuration-version',
    by: 'dana-k',
    createdAt: state.world.clock.now(),
    isDestroy: false,
    isPlanOnly: false,
    isRefreshOnly: false,
    additions: 0,
    changes: 0,
    destructions: 0,
    imports: 0,
  }
  changeRun(state, run, fields)
  state.runs.push(run)
  return run
}

function writeState(state: State, run: Run): void {
  const workspace = state.workspaces.find(({ id }) => id === run.workspace)
  const serial = workspace ? (statesOf(state, workspace)[0]?.serial ?? 0) + 1 : 1
  const createdAt = run.createdAt + 180_000
  state.stateVersions.push({ id: newId(state, 'sv'), workspace: run.workspace, run: run.id, serial, createdAt })
}
