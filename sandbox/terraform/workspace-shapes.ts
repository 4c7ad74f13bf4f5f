import { type Context, isAtLeast, levelOf } from './access.ts'
import { isoTime, type Level, type Run, runsOf, type State, type Status, statesOf, type Workspace } from './state.ts'

// What each level may do (developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/permissions).
const WANTED: Record<string, Level> = {
  'can-read-run': 'outputs',
  'can-read-state-outputs': 'outputs',
  'can-read-variable': 'read',
  'can-read-state-versions': 'read',
  'can-read-settings': 'read',
  'can-read-assessment-results': 'read',
  'can-queue-run': 'plan',
  'can-queue-apply': 'write',
  'can-queue-destroy': 'write',
  'can-update-variable': 'write',
  'can-create-state-versions': 'write',
  'can-lock': 'write',
  'can-unlock': 'write',
  'can-force-unlock': 'admin',
  'can-update': 'admin',
  'can-destroy': 'admin',
  'can-manage-tags': 'admin',
  'can-manage-run-tasks': 'admin',
  'can-force-delete': 'admin',
  'can-manage-assessments': 'admin',
}

/** How a run ends. */
export const FINAL: readonly Status[] = [
  'applied',
  'planned_and_finished',
  'discarded',
  'errored',
  'canceled',
  'force_canceled',
  'policy_soft_failed',
]

/** The run that a workspace's page shows first; one that only plans is never it. */
export function currentRunOf(state: State, workspace: Workspace): Run | undefined {
  const runs = runsOf(state, workspace).filter(({ isPlanOnly }) => !isPlanOnly)
  return runs.find(({ status }) => !FINAL.includes(status)) ?? runs[0]
}

/** When something last happened to a workspace. */
export const changedAt = (state: State, workspace: Workspace): number =>
  statesOf(state, workspace)[0]?.createdAt ?? workspace.createdAt

const countOf = (state: State, workspace: Workspace): number =>
  statesOf(state, workspace).length === 0
    ? 0
    : workspace.resources.filter(({ type }) => !type.startsWith('data.')).reduce((sum, { count }) => sum + count, 0)

const repository = (name: string) => ({
  branch: '',
  'display-identifier': name,
  identifier: name,
  'ingress-submodules': false,
  'oauth-token-id': 'ot-sandbox00000001',
  'repository-http-url': `https://github.com/${name}`,
  'service-provider': 'github',
  'tags-regex': null,
  'webhook-url': null,
})

// What is the same of every workspace here.
const ALWAYS = {
  actions: { 'is-destroyable': true },
  'allow-destroy-plan': true,
  'assessments-enabled': false,
  'auto-apply': false,
  'auto-apply-run-trigger': false,
  'auto-destroy-at': null,
  'auto-destroy-status': null,
  'auto-destroy-activity-duration': null,
  'inherits-project-auto-destroy': null,
  environment: 'default',
  'file-triggers-enabled': true,
  'global-remote-state': false,
  'last-assessment-result-at': null,
  'oauth-client-name': null,
  'apply-duration-average': 60_000,
  'plan-duration-average': 35_000,
  'policy-check-failures': null,
  'queue-all-runs': false,
  source: 'tfe-ui',
  'source-name': null,
  'source-url': null,
  'speculative-enabled': true,
  'structured-run-output-enabled': true,
  'trigger-prefixes': [],
  'working-directory': null,
  'setting-overwrites': { 'execution-mode': true, 'agent-pool': true },
}

function attributesOf(context: Context, workspace: Workspace) {
  const { state } = context
  const { name, description, executionMode, terraformVersion, isLocked, tags, createdAt } = workspace
  const level = levelOf(context, workspace)
  const runs = runsOf(state, workspace)
  const at = isoTime(changedAt(state, workspace))
  return {
    ...ALWAYS,
    'created-at': isoTime(createdAt),
    description,
    'execution-mode': executionMode,
    'latest-change-at': at,
    locked: isLocked,
    'locked-reason': isLocked ? 'Locked by a person' : null,
    name,
    operations: executionMode !== 'local',
    permissions: {
      ...Object.fromEntries(Object.entries(WANTED).map(([key, wanted]) => [key, isAtLeast(level, wanted)])),
      'can-manage-ephemeral-workspaces': false,
    },
    'resource-count': countOf(state, workspace),
    'run-failures': runs.filter(({ status }) => status === 'errored').length,
    'tag-names': tags,
    'terraform-version': terraformVersion,
    'updated-at': at,
    'vcs-repo': workspace.repository === null ? null : repository(workspace.repository),
    'vcs-repo-identifier': workspace.repository,
    'workspace-kpis-runs-count': runs.length,
  }
}

const pointer = (id: string | undefined, type: string, related = `/api/v2/${type}/${id}`) => ({
  data: id === undefined ? null : { id, type },
  ...(id !== undefined && { links: { related } }),
})

/** A workspace as lists and its own address show it. */
export function shownWorkspace(context: Context, workspace: Workspace) {
  const { state } = context
  const { id, name, organization, project } = workspace
  const [newest] = statesOf(state, workspace)
  const own = `/api/v2/workspaces/${id}`
  const link = (end: string) => ({ links: { related: `${own}/${end}` } })
  return {
    id,
    type: 'workspaces',
    attributes: attributesOf(context, workspace),
    relationships: {
      'agent-pool': { data: null },
      'current-configuration-version': { data: null },
      'current-run': pointer(currentRunOf(state, workspace)?.id, 'runs'),
      'effective-tag-bindings': link('effective-tag-bindings'),
      'latest-run': pointer(runsOf(state, workspace)[0]?.id, 'runs'),
      'current-state-version': pointer(newest?.id, 'state-versions', `${own}/current-state-version`),
      'current-assessment-result': { data: null },
      organization: { data: { id: organization, type: 'organizations' } },
      outputs: { data: [], ...link('current-state-version-outputs') },
      project: { data: { id: project, type: 'projects' } },
      readme: { data: null },
      'remote-state-consumers': link('relationships/remote-state-consumers'),
      'ssh-key': { data: null },
      'locked-by': { data: null },
      'tag-bindings': link('tag-bindings'),
      vars: { data: [] },
    },
    links: {
      self: `/api/v2/organizations/${organization}/workspaces/${name}`,
      'self-html': `/app/${organization}/workspaces/${name}`,
    },
  }
}
