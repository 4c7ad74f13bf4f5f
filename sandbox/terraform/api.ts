import { type Answer, type Call, header } from '#sandbox/http.ts'
import { type Handler, type Route, router } from '#sandbox/route.ts'
import { type Context, signedIn, tokenOf } from './access.ts'
import { deleteToken, listTeamTokens, listUserTokens, ping, showAccount, showToken, showUser } from './account.ts'
import { limited } from './limits.ts'
import {
  createNotification,
  deleteNotification,
  listNotifications,
  showNotification,
  updateNotification,
  verifyNotification,
} from './notifications.ts'
import { listOrganizations, listProjects, showEntitlements, showOrganization } from './organizations.ts'
import { showApply, showPlan, showPlanJson, showRunPlanJson } from './plans.ts'
import { notFound, Refusal } from './refusal.ts'
import { listOrganizationRuns, listWorkspaceRuns, showRun } from './runs.ts'
import { ORIGINS, type State } from './state.ts'
import {
  listCurrentOutputs,
  listOutputs,
  listResources,
  listStates,
  showCurrentState,
  showState,
} from './state-versions.ts'
import { listWorkspaces, showNamedWorkspace, showWorkspace } from './workspaces.ts'

type About = { isRunsList: boolean }

function on(line: string, handler: Handler<Context>, isRunsList = false): Route<Context, About> {
  const [method = '', pattern = ''] = line.split(' ')
  return { method, pattern: `/api/v2${pattern}`, handler, about: { isRunsList } }
}

const find = router([
  on('GET /account/details', showAccount),
  on('GET /users/{user}', showUser),
  on('GET /users/{user}/authentication-tokens', listUserTokens),
  on('GET /authentication-tokens/{token}', showToken),
  on('DELETE /authentication-tokens/{token}', deleteToken),
  on('GET /organizations', listOrganizations),
  on('GET /organizations/{org}', showOrganization),
  on('GET /organizations/{org}/entitlement-set', showEntitlements),
  on('GET /organizations/{org}/projects', listProjects),
  on('GET /organizations/{org}/team-tokens', listTeamTokens),
  on('GET /organizations/{org}/workspaces', listWorkspaces),
  on('GET /organizations/{org}/workspaces/{name}', showNamedWorkspace),
  on('GET /organizations/{org}/runs', listOrganizationRuns, true),
  on('GET /workspaces/{workspace}', showWorkspace),
  on('GET /workspaces/{workspace}/runs', listWorkspaceRuns, true),
  on('GET /workspaces/{workspace}/current-state-version', showCurrentState),
  on('GET /workspaces/{workspace}/current-state-version-outputs', listCurrentOutputs),
  on('GET /workspaces/{workspace}/resources', listResources),
  on('GET /workspaces/{workspace}/notification-configurations', listNotifications),
  on('POST /workspaces/{workspace}/notification-configurations', createNotification),
  on('GET /notification-configurations/{notification}', showNotification),
  on('PATCH /notification-configurations/{notification}', updateNotification),
  on('DELETE /notification-configurations/{notification}', deleteNotification),
  on('POST /notification-configurations/{notification}/actions/verify', verifyNotification),
  on('GET /runs/{run}', showRun),
  on('GET /runs/{run}/plan/json-output', showRunPlanJson),
  on('GET /plans/{plan}', showPlan),
  on('GET /plans/{plan}/json-output', showPlanJson),
  on('GET /applies/{apply}', showApply),
  on('GET /state-versions', listStates),
  on('GET /state-versions/{version}', showState),
  on('GET /state-versions/{version}/outputs', listOutputs),
])

/** Answers one request under /api/v2: all tokens of one identity are counted together, and without one the address is. */
export async function answerApi(call: Call, state: State): Promise<Answer> {
  const host = ORIGINS[call.origin]?.host ?? 'us'
  const token = tokenOf(call, state)
  const identity = token ? `${token.kind} ${token.username ?? token.team ?? token.organization}` : `ip ${call.address}`
  const found = find(call.method, call.rest)
  return limited(state, `${host} ${identity}`, found?.about.isRunsList ?? false, async () => {
    try {
      if (call.rest === '/api/v2/ping' && call.method === 'GET') return ping(host)
      const caller = signedIn(call, state)
      if (!found) throw notFound()
      if (['POST', 'PATCH'].includes(call.method)) requireType(call)
      return await found.handler(call, found.params, { state, host, caller })
    } catch (problem) {
      if (problem instanceof Refusal) return problem.answer
      throw problem
    }
  })
}

// The very words, as hashicorp/terraform-docs-common pull request 682 has them.
function requireType(call: Call): void {
  if (/^application\/vnd\.api\+json\s*(;|$)/i.test(header(call, 'content-type') ?? '')) return
  throw new Refusal(415, 'invalid content type', { detail: 'content-type must be application/vnd.api+json' })
}
