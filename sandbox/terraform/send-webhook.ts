import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'
import { parsed } from './control-input.ts'
import { deliver } from './deliver.ts'
import { ASSESSMENT_TRIGGERS, RUN_TRIGGERS } from './notifications.ts'
import {
  idOf,
  isoTime,
  type Notification,
  ORIGINS,
  organizationOf,
  type Run,
  runsOf,
  type State,
  type Workspace,
} from './state.ts'

/**
 * What to send: to a workspace's notification configurations that want the trigger, or to the app's address for
 * `subscription`, signed with `secret`.
 * forged: signed with another token · unsigned: no signature · repeated, replayed: the same bytes twice, for there is no
 * id of a delivery · late: about an hour ago, for there is no timestamp either.
 */
const Webhook = z.strictObject({
  organization: z.string().default('acme'),
  workspace: z.string(),
  trigger: z.enum([...RUN_TRIGGERS, ...ASSESSMENT_TRIGGERS]).default('run:completed'),
  run: z.string().optional(),
  /** A canceled run is sent as `run:errored` with this. */
  runStatus: z.string().optional(),
  subscription: z
    .string()
    .regex(/^[\w-]+$/)
    .optional(),
  secret: z.string().optional(),
  mode: z.enum(['signed', 'forged', 'unsigned', 'repeated', 'replayed', 'late']).default('signed'),
  payload: z.record(z.string(), z.unknown()).optional(),
})
type Wanted = z.infer<typeof Webhook>

const MESSAGES: Record<string, string> = {
  'run:created': 'Run Created',
  'run:planning': 'Run Planning',
  'run:needs_attention': 'Run Needs Attention',
  'run:applying': 'Run Applying',
  'run:completed': 'Run Completed',
  'run:errored': 'Run Errored',
}
const HOUR_MS = 3_600_000

/** POST /__sandbox/webhooks/terraform; answers what was said to each delivery. */
export async function sendWebhook(state: State, input: unknown): Promise<unknown> {
  const wanted = parsed(Webhook, input)
  const workspace = state.workspaces.find(
    ({ organization, name }) => organization === wanted.organization && name === wanted.workspace,
  )
  if (!workspace) throw new Refused(`no workspace ${wanted.workspace} in ${wanted.organization}`)
  const deliveries = []
  for (const target of targetsOf(state, workspace, wanted)) {
    const token = wanted.secret ?? target.token
    if (token === null && wanted.mode === 'forged') throw new Refused('nothing is signed without a token')
    const key = wanted.mode === 'unsigned' ? null : wanted.mode === 'forged' ? `not ${token}` : token
    const body = JSON.stringify(wanted.payload ?? payloadOf(state, workspace, target.id, wanted))
    const times = ['repeated', 'replayed'].includes(wanted.mode) ? 2 : 1
    for (let turn = 0; turn < times; turn += 1) {
      const delivery = await deliver(state, target.url, body, key)
      deliveries.push({ configuration: target.id, status: Number(delivery?.code ?? 0), response: delivery?.body ?? '' })
    }
  }
  return { deliveries }
}

type Target = Pick<Notification, 'id' | 'url' | 'token'>

function targetsOf(state: State, { id }: Workspace, { subscription, trigger }: Wanted): Target[] {
  if (subscription !== undefined) {
    const url = `${state.world.appUrl}/api/webhooks/terraform/${subscription}`
    return [{ id: idOf('nc', subscription), url, token: null }]
  }
  return state.notifications.filter((one) => one.workspace === id && one.isEnabled && one.triggers.includes(trigger))
}

function payloadOf(state: State, workspace: Workspace, configuration: string, wanted: Wanted) {
  if (ASSESSMENT_TRIGGERS.includes(wanted.trigger)) return assessmentOf(state, workspace, configuration, wanted)
  const run = runsOf(state, workspace).find(({ id, isPlanOnly }) =>
    wanted.run === undefined ? !isPlanOnly : id === wanted.run,
  )
  if (!run) throw new Refused(`no run ${wanted.run ?? ''} in ${workspace.name}`)
  if (run.isPlanOnly || workspace.executionMode === 'local')
    throw new Refused('no notification is sent about such a run')
  return {
    payload_version: 1,
    notification_configuration_id: configuration,
    ...aboutRun(state, workspace, run, wanted),
  }
}

const baseOf = (state: State, { organization }: Workspace): string => {
  const host = organizationOf(state, organization)?.host
  const [prefix = ''] = Object.entries(ORIGINS).find(([, origin]) => origin.host === host) ?? []
  return state.world.url + prefix
}

function aboutRun(state: State, workspace: Workspace, run: Run, { trigger, runStatus, mode }: Wanted) {
  const at = state.world.clock.now() - (mode === 'late' ? HOUR_MS : 0)
  const status = runStatus ?? run.status
  const isCanceled = status.endsWith('canceled')
  return {
    run_url: `${baseOf(state, workspace)}/app/${workspace.organization}/${workspace.name}/runs/${run.id}`,
    run_id: run.id,
    run_message: run.message,
    run_created_at: isoTime(run.createdAt),
    run_created_by: run.by,
    workspace_id: workspace.id,
    workspace_name: workspace.name,
    organization_name: workspace.organization,
    notifications: [
      {
        message: isCanceled ? 'Run Canceled' : MESSAGES[trigger],
        trigger: isCanceled ? 'run:errored' : trigger,
        run_status: status,
        run_updated_at: isoTime(at),
        run_updated_by: run.by,
      },
    ],
  }
}

// Unlike that of runs, this version is text.
function assessmentOf(state: State, workspace: Workspace, configuration: string, { trigger, mode }: Wanted) {
  const base = `${baseOf(state, workspace)}/api/v2`
  const at = state.world.clock.now() - (mode === 'late' ? HOUR_MS : 0)
  const isDrifted = trigger === 'assessment:drifted'
  const result = (name: string, drifted: boolean) => ({
    id: idOf('asmtres', `${workspace.id} ${name} ${at}`),
    url: `${base}/assessment-results/${idOf('asmtres', `${workspace.id} ${name} ${at}`)}`,
    succeeded: trigger !== 'assessment:failed',
    drifted,
    all_checks_succeeded: trigger !== 'assessment:check_failure',
    resources_drifted: drifted ? 1 : 0,
    resources_undrifted: workspace.resources.length - (drifted ? 1 : 0),
    checks_passed: 3,
    checks_failed: trigger === 'assessment:check_failure' ? 1 : 0,
    checks_errored: 0,
    checks_unknown: 0,
    created_at: isoTime(at).replace(/\.\d+Z$/, 'Z'),
  })
  return {
    payload_version: '2',
    notification_configuration_id: configuration,
    notification_configuration_url: `${base}/notification-configurations/${configuration}`,
    trigger_scope: 'assessment',
    trigger,
    message: isDrifted
      ? 'Drift Detected'
      : trigger === 'assessment:failed'
        ? 'Health Assessment Failed'
        : 'Check Failed',
    details: {
      new_assessment_result: result('new', isDrifted),
      prior_assessment_result: result('prior', false),
      workspace_id: workspace.id,
      workspace_name: workspace.name,
      organization_name: workspace.organization,
    },
  }
}
