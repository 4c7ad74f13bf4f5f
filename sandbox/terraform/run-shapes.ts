import { type Context, isAtLeast, levelOf } from './access.ts'
import { keepObject } from './archivist.ts'
import { idOf, isoTime, type Run, type State, type Status, workspaceOf } from './state.ts'
import { FINAL } from './workspace-shapes.ts'

const LOG_SECONDS = 25 * 3600

/** In timestamps of steps there are no fractions. */
const stepTime = (at: number): string => isoTime(at).replace(/\.\d+Z$/, '+00:00')

export const planIdOf = ({ id }: Run): string => idOf('plan', id)
export const applyIdOf = ({ id }: Run): string => idOf('apply', id)

/** What a run was asked to do, as `filter[operation]` names it. */
export function operationOf({ isPlanOnly, isDestroy, isRefreshOnly }: Run): string {
  if (isPlanOnly) return 'plan_only'
  if (isDestroy) return 'destroy'
  return isRefreshOnly ? 'refresh_only' : 'plan_and_apply'
}

const countOf = ({ additions, changes, destructions, imports }: Run): number =>
  additions + changes + destructions + imports

/** Where a run's plan is; one that failed before it counted anything failed in its plan. */
export function planStatusOf(run: Run): string {
  if (['pending', 'fetching'].includes(run.status)) return 'pending'
  if (run.status === 'plan_queued') return 'queued'
  if (run.status === 'planning') return 'running'
  if (run.status === 'errored') return countOf(run) === 0 ? 'errored' : 'finished'
  return run.status.endsWith('canceled') ? 'canceled' : 'finished'
}

function applyStatusOf(run: Run): string {
  if (run.status === 'applied') return 'finished'
  if (run.status === 'applying') return 'running'
  if (run.status === 'apply_queued') return 'queued'
  if (run.status === 'errored' && planStatusOf(run) === 'finished') return 'errored'
  return FINAL.includes(run.status) ? 'unreachable' : 'pending'
}

const STEPS: [name: string, afterSeconds: number, of: readonly Status[]][] = [
  ['plan-queueable-at', 0, []],
  ['planning-at', 5, ['pending', 'fetching', 'plan_queued']],
  ['planned-at', 40, ['pending', 'fetching', 'plan_queued', 'planning', 'canceled']],
]

function timesOf(run: Run): Record<string, string> {
  const passed = STEPS.filter(([, , notYet]) => !notYet.includes(run.status))
  const last = FINAL.includes(run.status) || run.status === 'applying' ? [`${run.status.replaceAll('_', '-')}-at`] : []
  return Object.fromEntries([
    ...passed.map(([name, after]) => [name, stepTime(run.createdAt + after * 1000)]),
    ...last.map((name) => [name, stepTime(run.createdAt + 180_000)]),
  ])
}

function permissionsOf(context: Context, run: Run): Record<string, boolean> {
  const workspace = workspaceOf(context.state, run.workspace)
  const level = workspace ? levelOf(context, workspace) : null
  const canApply = isAtLeast(level, 'write')
  return {
    'can-apply': canApply,
    'can-cancel': canApply,
    'can-comment': isAtLeast(level, 'outputs'),
    'can-discard': canApply,
    'can-force-execute': canApply,
    'can-force-cancel': isAtLeast(level, 'admin'),
    'can-override-policy-check': isAtLeast(level, 'admin'),
  }
}

function attributesOf(context: Context, run: Run) {
  const isPaused = ['planned', 'policy_override', 'policy_checked', 'cost_estimated'].includes(run.status)
  const isWorking = ['planning', 'applying'].includes(run.status)
  return {
    actions: {
      'is-cancelable': isWorking || run.status === 'pending',
      'is-confirmable': isPaused,
      'is-discardable': isPaused || run.status === 'pending',
      'is-force-cancelable': false,
    },
    'canceled-at': run.status.endsWith('canceled') ? isoTime(run.createdAt + 180_000) : null,
    'created-at': isoTime(run.createdAt),
    'has-changes': planStatusOf(run) === 'finished' && countOf(run) > 0,
    'auto-apply': false,
    'allow-empty-apply': false,
    'allow-config-generation': false,
    'is-destroy': run.isDestroy,
    message: run.message,
    'plan-only': run.isPlanOnly,
    source: run.source,
    'status-timestamps': timesOf(run),
    status: run.status,
    'trigger-reason': 'manual',
    'target-addrs': null,
    permissions: permissionsOf(context, run),
    refresh: true,
    'refresh-only': run.isRefreshOnly,
    'replace-addrs': null,
    'save-plan': false,
    variables: [],
  }
}

/** A run as lists and its own address show it. */
export function shownRun(context: Context, run: Run) {
  const { state, host } = context
  const own = `/api/v2/runs/${run.id}`
  const by = state.users.find(({ username, host: at }) => username === run.by && at === host)
  const pointer = (id: string, type: string, end: string) => ({
    data: { id, type },
    links: { related: `${own}/${end}` },
  })
  const link = (end: string) => ({ links: { related: `${own}/${end}` } })
  return {
    id: run.id,
    type: 'runs',
    attributes: attributesOf(context, run),
    relationships: {
      apply: run.isPlanOnly ? { data: null } : pointer(applyIdOf(run), 'applies', 'apply'),
      comments: { data: [] },
      'configuration-version': { data: null },
      'cost-estimate': { data: null },
      'created-by': by ? pointer(by.id, 'users', 'created-by') : { data: null },
      'input-state-version': { data: null },
      plan: pointer(planIdOf(run), 'plans', 'plan'),
      'run-events': link('run-events'),
      'policy-checks': link('policy-checks'),
      'task-stages': link('task-stages'),
      workspace: { data: { id: run.workspace, type: 'workspaces' } },
      'workspace-run-alerts': { data: [] },
    },
    links: { self: own },
  }
}

const stepTimes = ({ createdAt }: Run, from: number) => ({
  'queued-at': stepTime(createdAt + from),
  'pending-at': stepTime(createdAt + from),
  'started-at': stepTime(createdAt + from + 5000),
  'finished-at': stepTime(createdAt + from + 40_000),
})

const countsOf = ({ additions, changes, destructions, imports }: Run) => ({
  'resource-additions': additions,
  'resource-changes': changes,
  'resource-destructions': destructions,
  'resource-imports': imports,
})
const NOTHING = { additions: 0, changes: 0, destructions: 0, imports: 0 }

/** A plan; the address of its log needs no token, and is another one each time. */
export function shownPlan(state: State, run: Run) {
  const id = planIdOf(run)
  const status = planStatusOf(run)
  const isFinished = status === 'finished'
  const counted = isFinished ? run : { ...run, ...NOTHING }
  const log = `Terraform will perform the following actions:\n\nPlan: ${counted.additions} to add, ${counted.changes} to change, ${counted.destructions} to destroy.\n`
  return {
    id,
    type: 'plans',
    attributes: {
      'execution-details': { mode: 'remote' },
      'generated-configuration': false,
      'has-changes': isFinished && countOf(run) > 0,
      ...countsOf(counted),
      status,
      'status-timestamps': stepTimes(run, 0),
      'log-read-url': keepObject(state, LOG_SECONDS, 'text/plain', log),
    },
    relationships: { 'state-versions': { data: [] } },
    links: { self: `/api/v2/plans/${id}`, 'json-output': `/api/v2/plans/${id}/json-output` },
  }
}

/** An apply, with the state versions it wrote. */
export function shownApply(state: State, run: Run) {
  const id = applyIdOf(run)
  const status = applyStatusOf(run)
  const written = state.stateVersions.filter((one) => one.run === run.id)
  const counted = status === 'finished' ? run : { ...run, ...NOTHING }
  const { 'pending-at': _, ...times } = stepTimes(run, 120_000)
  return {
    id,
    type: 'applies',
    attributes: {
      'execution-details': { mode: 'remote' },
      status,
      'status-timestamps': status === 'finished' || status === 'errored' ? times : {},
      'log-read-url': keepObject(state, LOG_SECONDS, 'text/plain', `Apply ${status}.\n`),
      ...countsOf(counted),
    },
    relationships: { 'state-versions': { data: written.map((one) => ({ id: one.id, type: 'state-versions' })) } },
    links: { self: `/api/v2/applies/${id}` },
  }
}
