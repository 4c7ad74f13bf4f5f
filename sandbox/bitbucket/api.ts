import { type Answer, type Call, json } from '#sandbox/http.ts'
import { type Handler, type Route, router } from '#sandbox/route.ts'
import { type Context, callerOf, Refusal, refusal, requireScopes } from './access.ts'
import { listCommits, showCommit } from './commits.ts'
import { listEvents, listSubjects } from './hook-events.ts'
import { createHook, deleteHook, listHooks, showHook, updateHook } from './hooks.ts'
import { counted, type Resource } from './limits.ts'
import { listPulls, showPull } from './pulls.ts'
import { listBranches, listRepositories, showBranch, showRepository } from './repositories.ts'
import { searchCode } from './search.ts'
import { isRawFile, showRoot, showSource } from './source.ts'
import type { State } from './state.ts'
import { listEmails, listOwnPermissions, listOwnWorkspaces, showUser } from './users.ts'
import { listMembers, listPermissions, listProjects, listRepositoryPermissions, showWorkspace } from './workspaces.ts'

type About = { scopes: readonly string[]; resource: Resource }

/** A line `METHOD pattern`, the scopes it needs (without `:bitbucket`), and who answers it. */
function endpoint(line: string, scopes: string, handler: Handler<Context>): Route<Context, About> {
  const [method = '', pattern = ''] = line.split(' ')
  return {
    method,
    pattern,
    handler,
    about: {
      scopes: scopes
        .split(' ')
        .filter(Boolean)
        .map((scope) => `${scope}:bitbucket`),
      resource: pattern.startsWith('/repositories/') ? 'repositories' : null,
    },
  }
}

const REPOSITORY = '/repositories/{workspace}/{repo}'
const hooksOf = (subject: string): Route<Context, About>[] => [
  endpoint(`POST ${subject}/hooks`, 'write:webhook', createHook),
  endpoint(`GET ${subject}/hooks`, 'read:webhook', listHooks),
  endpoint(`GET ${subject}/hooks/{hook}`, 'read:webhook', showHook),
  endpoint(`PUT ${subject}/hooks/{hook}`, 'write:webhook', updateHook),
  endpoint(`DELETE ${subject}/hooks/{hook}`, 'delete:webhook', deleteHook),
]

const routes: readonly Route<Context, About>[] = [
  endpoint('GET /user', 'read:user', showUser),
  endpoint('GET /user/emails', 'read:email', listEmails),
  endpoint('GET /user/workspaces', 'read:workspace', listOwnWorkspaces),
  endpoint('GET /user/workspaces/{workspace}/permissions/repositories', 'read:repository', listOwnPermissions),
  endpoint('GET /workspaces/{workspace}', 'read:workspace', showWorkspace),
  endpoint('GET /workspaces/{workspace}/members', 'read:workspace', listMembers),
  endpoint('GET /workspaces/{workspace}/projects', 'read:project', listProjects),
  endpoint('GET /workspaces/{workspace}/permissions', 'read:workspace', listPermissions),
  endpoint('GET /workspaces/{workspace}/permissions/repositories', 'read:repository', listRepositoryPermissions),
  endpoint('GET /workspaces/{workspace}/search/code', 'read:repository', searchCode),
  ...hooksOf('/workspaces/{workspace}'),
  endpoint('GET /repositories/{workspace}', 'read:repository', listRepositories),
  endpoint(`GET ${REPOSITORY}`, 'read:repository', showRepository),
  endpoint(`GET ${REPOSITORY}/refs/branches`, 'read:repository', listBranches),
  endpoint(`GET ${REPOSITORY}/refs/branches/{+name}`, 'read:repository', showBranch),
  endpoint(`GET ${REPOSITORY}/src`, 'read:repository', showRoot),
  endpoint(`GET ${REPOSITORY}/src/{commit}/{+path}`, 'read:repository', showSource),
  endpoint(`GET ${REPOSITORY}/commits`, 'read:repository', listCommits),
  endpoint(`GET ${REPOSITORY}/commits/{+revision}`, 'read:repository', listCommits),
  endpoint(`GET ${REPOSITORY}/commit/{commit}`, 'read:repository', showCommit),
  endpoint(`GET ${REPOSITORY}/pullrequests`, 'read:pullrequest', listPulls),
  endpoint(`GET ${REPOSITORY}/pullrequests/{id}`, 'read:pullrequest', showPull),
  ...hooksOf(REPOSITORY),
  endpoint('GET /hook_events', '', listSubjects),
  endpoint('GET /hook_events/{subject}', '', listEvents),
]
const find = router(routes)
const METHODS = ['GET', 'POST', 'PUT', 'DELETE']

// developer.atlassian.com/cloud/bitbucket/changelog, CHANGE-2770: what reached across workspaces is gone.
const GONE = ['/workspaces', '/repositories', '/user/permissions/workspaces', '/user/permissions/repositories']

function gone(): Refusal {
  const announcement_url = 'https://developer.atlassian.com/cloud/bitbucket/changelog#CHANGE-2770'
  const detail = 'Please read the changelog entry for more details.'
  const data = { announcement_url }
  return refusal(410, 'CHANGE-2770 - Functionality has been deprecated', { detail, data }, { data })
}

const unknownAddress = (): Refusal =>
  refusal(404, 'Resource not found', {
    detail:
      "There is no API hosted at this URL.\n\nFor information about our API's, please refer to the documentation at: https://developer.atlassian.com/bitbucket/api/2/reference/",
  })

/** Answers one request to api.bitbucket.org. */
export async function answerApi(call: Call, state: State): Promise<Answer> {
  try {
    return await answer(call, state)
  } catch (problem) {
    if (problem instanceof Refusal) return problem.answer
    throw problem
  }
}

async function answer(call: Call, state: State): Promise<Answer> {
  const [, path] = /^\/2\.0(\/.*)$/.exec(call.rest) ?? []
  if (path === undefined) throw refusal(403, 'Forbidden')
  const plain = path.replace(/\/$/, '')
  if (GONE.includes(plain)) throw gone()
  const found = find(call.method, path) ?? find(call.method, plain)
  if (!found) {
    const allowed = METHODS.filter((method) => find(method, plain))
    if (allowed.length === 0) throw unknownAddress()
    return json(405, { type: 'error', error: { message: 'Method Not Allowed' } }, { allow: allowed.join(', ') })
  }
  const caller = callerOf(call, state)
  const { scopes, resource } = found.about
  requireScopes(caller, scopes)
  const isSource = found.handler === showSource
  const early = isSource ? {} : counted(state, caller, resource)
  const given = await found.handler(call, found.params, { state, caller })
  // Whether a path is a file, and counts as one, is only known once it was looked up.
  const late = isSource ? counted(state, caller, isRawFile(given) ? 'files' : resource) : {}
  return { ...given, headers: { ...early, ...late, ...given.headers } }
}
