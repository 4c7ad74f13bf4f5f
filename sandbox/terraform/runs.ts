import type { Call } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, levelOf, readableOrganization, refuseOrganizations, workspaceFor } from './access.ts'
import { included } from './include.ts'
import { listed } from './paging.ts'
import { document, notFound } from './refusal.ts'
import { operationOf, shownRun } from './run-shapes.ts'
import { type Run, runsOf, workspaceOf } from './state.ts'
import { FINAL } from './workspace-shapes.ts'

type Endpoint = Handler<Context>

const YEAR_MS = 365 * 86_400_000
// Those that only plan are shown to who asks for them.
const USUAL_OPERATIONS = ['plan_and_apply', 'save_plan', 'refresh_only', 'destroy', 'empty_apply']
const DISCARDABLE = ['pending', 'planned', 'policy_checked', 'policy_override', 'cost_estimated']

function isInGroup(run: Run, group: string): boolean {
  if (group === 'final') return FINAL.includes(run.status)
  if (group === 'non_final') return !FINAL.includes(run.status)
  return group === 'discardable' && DISCARDABLE.includes(run.status)
}

function isWanted(call: Call, run: Run): boolean {
  const text = (key: string) => call.query.get(key) || null
  const list = (key: string) => text(key)?.split(',') ?? null
  const [user, words] = [text('search[user]'), text('search[basic]')?.toLowerCase()]
  const group = text('filter[status_group]')
  return (
    (list('filter[operation]') ?? USUAL_OPERATIONS).includes(operationOf(run)) &&
    (list('filter[status]')?.includes(run.status) ?? true) &&
    (list('filter[source]')?.includes(run.source) ?? true) &&
    (group === null || isInGroup(run, group)) &&
    (user === null || run.by === user) &&
    (words === undefined || `${run.id} ${run.by} ${run.message}`.toLowerCase().includes(words))
  )
}

/** GET /workspaces/{workspace}/runs */
export const listWorkspaceRuns: Endpoint = (call, { workspace: id = '' }, context) => {
  refuseOrganizations(context)
  const runs = runsOf(context.state, workspaceFor(context, id)).filter((run) => isWanted(call, run))
  return listed(
    call,
    context.state,
    runs,
    (run) => shownRun(context, run),
    {},
    (page) => included(call, context, { runs: page }),
  )
}

/** GET /organizations/{org}/runs: of the last year unless `filter[timeframe]` names another; no totals. */
export const listOrganizationRuns: Endpoint = (call, { org = '' }, context) => {
  refuseOrganizations(context)
  const { state } = context
  const organization = readableOrganization(context, org)
  const names = call.query.get('filter[workspace_names]')?.split(',')
  const frame = call.query.get('filter[timeframe]') ?? 'year'
  const since = state.world.clock.now() - YEAR_MS
  const isInTime = ({ createdAt }: Run) =>
    /^\d{4}$/.test(frame) ? new Date(createdAt).getUTCFullYear() === Number(frame) : createdAt >= since
  const runs = state.workspaces
    .filter((one) => one.organization === organization.name && levelOf(context, one) !== null)
    .filter(({ name }) => names?.includes(name) ?? true)
    .flatMap((one) => runsOf(state, one))
    .filter((run) => isInTime(run) && isWanted(call, run))
    .toSorted((a, b) => b.createdAt - a.createdAt)
  return listed(
    call,
    state,
    runs,
    (run) => shownRun(context, run),
    { isEndless: true },
    (page) => included(call, context, { runs: page }),
  )
}

/** A run that this token may read. */
export function readableRun(context: Context, isWantedRun: (run: Run) => boolean): Run {
  refuseOrganizations(context)
  const run = context.state.runs.find(isWantedRun)
  const workspace = run && workspaceOf(context.state, run.workspace)
  if (!workspace || levelOf(context, workspace) === null) throw notFound()
  return run
}

/** GET /runs/{run} */
export const showRun: Endpoint = (call, { run: id }, context) => {
  const run = readableRun(context, (one) => one.id === id)
  return document(200, { data: shownRun(context, run), ...included(call, context, { runs: [run] }) })
}
