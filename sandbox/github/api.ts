import { randomBytes } from 'node:crypto'
import { type Answer, type Call, header } from '#sandbox/http.ts'
import { type Handler, type Route, router } from '#sandbox/route.ts'
import { anonymous, type Caller, type Context, callerWith, notFound, Refusal } from './access.ts'
import { checkToken, deleteGrant, deleteToken } from './applications.ts'
import { listBranches, listCommits, showBranch, showCommit } from './commits.ts'
import { showContents, showReadme } from './contents.ts'
import { showBlob, showTree } from './git-data.ts'
import { createHook, deleteHook, listDeliveries, listHooks, redeliver, showHook } from './hooks.ts'
import { listIssues, listPulls, showIssue, showPull } from './issues.ts'
import { count, countFailedLogin, limitHeaders, type Resource, refuseWhenThrottled } from './limits.ts'
import { showRepository } from './repositories.ts'
import { searchIssues, searchRepositories } from './search.ts'
import { searchCode } from './search-code.ts'
import { type State, timestamp } from './state.ts'
import { liveToken } from './tokens.ts'
import {
  listEmails,
  listMembers,
  listOrganizationRepositories,
  listOrganizations,
  listOwnRepositories,
  showRateLimit,
  showUser,
} from './users.ts'

type About = { accepts: string; resource: Resource; isFree: boolean; hasBasic: boolean }

const endpoint = (line: string, handler: Handler<Context>, about: Partial<About> = {}): Route<Context, About> => {
  const [method = '', pattern = ''] = line.split(' ')
  return {
    method,
    pattern,
    handler,
    about: { accepts: '', resource: 'core', isFree: false, hasBasic: false, ...about },
  }
}
const repo = { accepts: 'repo' }
const hook = { accepts: 'admin:repo_hook, repo' }
const app = { hasBasic: true, isFree: true }

const find = router([
  endpoint('GET /user', showUser),
  endpoint('GET /user/emails', listEmails, { accepts: 'user, user:email' }),
  endpoint('GET /user/orgs', listOrganizations, { accepts: 'admin:org, read:org, user, write:org' }),
  endpoint('GET /user/repos', listOwnRepositories, repo),
  endpoint('GET /orgs/{org}/repos', listOrganizationRepositories, repo),
  endpoint('GET /orgs/{org}/members', listMembers, { accepts: 'admin:org, read:org, write:org' }),
  endpoint('GET /repos/{owner}/{repo}', showRepository, repo),
  endpoint('GET /repos/{owner}/{repo}/branches', listBranches, repo),
  endpoint('GET /repos/{owner}/{repo}/branches/{+branch}', showBranch, repo),
  endpoint('GET /repos/{owner}/{repo}/contents/{+path}', showContents, repo),
  endpoint('GET /repos/{owner}/{repo}/readme', showReadme, repo),
  endpoint('GET /repos/{owner}/{repo}/git/trees/{+sha}', showTree, repo),
  endpoint('GET /repos/{owner}/{repo}/git/blobs/{sha}', showBlob, repo),
  endpoint('GET /repos/{owner}/{repo}/commits', listCommits, repo),
  endpoint('GET /repos/{owner}/{repo}/commits/{+ref}', showCommit, repo),
  endpoint('GET /repos/{owner}/{repo}/issues', listIssues, repo),
  endpoint('GET /repos/{owner}/{repo}/issues/{number}', showIssue, repo),
  endpoint('GET /repos/{owner}/{repo}/pulls', listPulls, repo),
  endpoint('GET /repos/{owner}/{repo}/pulls/{number}', showPull, repo),
  endpoint('POST /repos/{owner}/{repo}/hooks', createHook, hook),
  endpoint('GET /repos/{owner}/{repo}/hooks', listHooks, hook),
  endpoint('GET /repos/{owner}/{repo}/hooks/{hook}', showHook, hook),
  endpoint('DELETE /repos/{owner}/{repo}/hooks/{hook}', deleteHook, hook),
  endpoint('GET /repos/{owner}/{repo}/hooks/{hook}/deliveries', listDeliveries, hook),
  endpoint('POST /repos/{owner}/{repo}/hooks/{hook}/deliveries/{delivery}/attempts', redeliver, hook),
  endpoint('GET /search/code', searchCode, { resource: 'code_search' }),
  endpoint('GET /search/issues', searchIssues, { resource: 'search' }),
  endpoint('GET /search/repositories', searchRepositories, { resource: 'search' }),
  endpoint('GET /rate_limit', showRateLimit, { isFree: true }),
  endpoint('POST /applications/{client}/token', checkToken, app),
  endpoint('DELETE /applications/{client}/token', deleteToken, app),
  endpoint('DELETE /applications/{client}/grant', deleteGrant, app),
])

const VERSIONS = ['2022-11-28', '2026-03-10']

/** Answers one request to api.github.com. */
export async function answerApi(call: Call, state: State): Promise<Answer> {
  const requestId = { 'x-github-request-id': randomBytes(8).toString('hex').toUpperCase() }
  const outcome = await refusable(() => answerCaller(call, state))
  return { ...outcome, headers: { ...outcome.headers, ...requestId } }
}

async function answerCaller(call: Call, state: State): Promise<Answer> {
  if (!header(call, 'user-agent')) {
    const body =
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required).'
    return { status: 403, headers: { 'content-type': 'text/html' }, body }
  }
  const version = header(call, 'x-github-api-version') ?? '2022-11-28'
  if (!VERSIONS.includes(version)) throw new Refusal(400, `API version ${version} is not supported.`)
  const path = canonical(call.rest, state)
  const found = path === null ? null : find(call.method, path)
  const caller = found?.about.hasBasic ? anonymous : identify(call, state)
  call.note.account ??= caller.account?.login
  const about = found?.about ?? { accepts: '', resource: 'core', isFree: false }
  const answer = await refusable(() => {
    if (!about.isFree) count(state, caller, about.resource)
    if (!found || path === null) throw notFound()
    return found.handler(call, found.params, { state, caller, version, path })
  })
  const limits = limitHeaders(state, caller, about.resource)
  const media = { 'x-github-media-type': 'github.v3; format=json', 'x-github-api-version-selected': version }
  return { ...answer, headers: { ...media, ...limits, ...tokenHeaders(caller, about.accepts), ...answer.headers } }
}

/** `/repositories/{id}/...`, which GitHub's own links use, as `/repos/{owner}/{name}/...`; null for a path that cannot be one. */
function canonical(rest: string, state: State): string | null {
  const isRootContents = /^\/rep(os\/[^/]+\/[^/]+|ositories\/\d+)\/contents\/$/.test(rest)
  if (rest.endsWith('/') && !isRootContents) return null
  const [, id, suffix = ''] = /^\/repositories\/(\d+)(\/.*)?$/.exec(rest) ?? []
  if (id === undefined) return rest
  const repository = state.repositories.find((one) => String(one.id) === id)
  return repository ? `/repos/${repository.owner}/${repository.name}${suffix}` : null
}

function identify(call: Call, state: State): Caller {
  const sent = header(call, 'authorization')
  if (sent === undefined) return anonymous
  refuseWhenThrottled(state)
  const [, value = ''] = /^(?:bearer|token) ([A-Za-z0-9_]{1,255})$/i.exec(sent) ?? []
  const token = liveToken(state, value)
  const account = token && state.accounts.find(({ login }) => login === token.account)
  if (!token || !account) {
    countFailedLogin(state)
    throw new Refusal(401, 'Bad credentials')
  }
  call.note.token = token.value
  return callerWith(account, token)
}

function tokenHeaders({ token }: Caller, accepts: string): Record<string, string> {
  if (!token) return {}
  const expiry =
    token.expiresAt === null || token.kind === 'oauth'
      ? null
      : timestamp(token.expiresAt).replace('T', ' ').replace('Z', ' UTC')
  return {
    ...(token.kind !== 'fine-grained' && {
      'x-oauth-scopes': token.scopes.join(', '),
      'x-accepted-oauth-scopes': accepts,
    }),
    ...(expiry !== null && { 'github-authentication-token-expiration': expiry }),
  }
}

async function refusable(work: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (problem) {
    if (problem instanceof Refusal) return problem.answer
    throw problem
  }
}
