import { type Answer, empty } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, workspaceFor } from './access.ts'
import { keepObject } from './archivist.ts'
import { document, Refusal } from './refusal.ts'
import { applyIdOf, planIdOf, planStatusOf, shownApply, shownPlan } from './run-shapes.ts'
import { readableRun } from './runs.ts'
import type { Run, Workspace } from './state.ts'

type Endpoint = Handler<Context>

const JSON_SECONDS = 60

/** GET /plans/{plan}: there is no list of them; a run names its own. */
export const showPlan: Endpoint = (_call, { plan }, context) =>
  document(200, {
    data: shownPlan(
      context.state,
      readableRun(context, (one) => planIdOf(one) === plan),
    ),
  })

/** GET /applies/{apply} */
export const showApply: Endpoint = (_call, { apply }, context) =>
  document(200, {
    data: shownApply(
      context.state,
      readableRun(context, (one) => applyIdOf(one) === apply),
    ),
  })

/** What the JSON of a plan holds: values before and after, in clear. */
function planJson({ additions, changes, destructions }: Run, { resources, terraformVersion }: Workspace): string {
  const actions = [
    ...Array.from({ length: additions }, () => ['create']),
    ...Array.from({ length: changes }, () => ['update']),
    ...Array.from({ length: destructions }, () => ['delete']),
  ]
  const known = resources.filter(({ type }) => !type.startsWith('data.'))
  const resourceChanges = actions.map((action, n) => {
    const { type, name, provider } = known[n % Math.max(1, known.length)] ?? {
      type: 'null_resource',
      name: 'x',
      provider: 'hashicorp/null',
    }
    return {
      address: `${type}.${name}[${n}]`,
      mode: 'managed',
      type,
      name,
      index: n,
      provider_name: `registry.terraform.io/${provider}`,
      change: { actions: action, before: null, after: { password: 'sandbox-not-a-real-password' }, after_unknown: {} },
    }
  })
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: terraformVersion,
    resource_changes: resourceChanges,
  })
}

// Of workspace admins alone; the address in the answer needs no token and is good for a minute.
function toJson(context: Context, run: Run): Answer {
  const workspace = workspaceFor(context, run.workspace, 'admin')
  if (planStatusOf(run) !== 'finished') return empty(204)
  if (workspace.terraformVersion.startsWith('0.') && Number(workspace.terraformVersion.split('.')[1]) < 12) {
    throw new Refusal(422, 'unprocessable entity', { detail: 'JSON output needs Terraform 0.12 or later' })
  }
  const location = keepObject(context.state, JSON_SECONDS, 'application/json', planJson(run, workspace))
  return { status: 307, headers: { location } }
}

/** GET /plans/{plan}/json-output */
export const showPlanJson: Endpoint = (_call, { plan }, context) =>
  toJson(
    context,
    readableRun(context, (one) => planIdOf(one) === plan),
  )

/** GET /runs/{run}/plan/json-output */
export const showRunPlanJson: Endpoint = (_call, { run }, context) =>
  toJson(
    context,
    readableRun(context, (one) => one.id === run),
  )
