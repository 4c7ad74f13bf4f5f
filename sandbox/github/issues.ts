import { changesBetween } from '#sandbox/git/changes.ts'
import { resolve } from '#sandbox/git/repository.ts'
import { type Call, json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, notFound, readable } from './access.ts'
import { type Pull, shownIssue, shownPull } from './issue-shapes.ts'
import { listed } from './paging.ts'
import { apiUrl, simpleUser } from './shapes.ts'
import type { Issue } from './state.ts'

type Endpoint = Handler<Context>

/** GET /repos/{owner}/{repo}/issues; pull requests are issues too. */
export const listIssues: Endpoint = (call, { owner = '', repo = '' }, context) => {
  const { state } = context
  const repository = readable(context, owner, repo, 'issues=read')
  const labels = (call.query.get('labels') ?? '').split(',').filter(Boolean)
  const since = Date.parse(call.query.get('since') ?? '1970-01-01')
  const [creator, assignee] = [call.query.get('creator'), call.query.get('assignee')]
  const found = inOrder(call, repository.issues).filter(
    (issue) =>
      labels.every((label) => issue.labels.includes(label)) &&
      Date.parse(issue.updatedAt) >= since &&
      (creator ?? issue.user) === issue.user &&
      (assignee === null || assignee === '*' || issue.assignees.includes(assignee)),
  )
  return listed(call, `${apiUrl(state.world)}/repositories/${repository.id}/issues`, found, (issue) =>
    shownIssue(state, repository, issue),
  )
}

/** GET /repos/{owner}/{repo}/issues/{number} */
export const showIssue: Endpoint = (_call, { owner = '', repo = '', number = '' }, context) => {
  const repository = readable(context, owner, repo, 'issues=read')
  const issue = repository.issues.find((one) => String(one.number) === number)
  if (!issue) throw notFound()
  return json(200, shownIssue(context.state, repository, issue))
}

/** GET /repos/{owner}/{repo}/pulls */
export const listPulls: Endpoint = (call, { owner = '', repo = '' }, context) => {
  const { state } = context
  const repository = readable(context, owner, repo, 'pull_requests=read')
  const [head, base] = [call.query.get('head'), call.query.get('base')]
  const found = inOrder(call, repository.issues)
    .filter(isPull)
    .filter(
      ({ pull }) => (head === null || head === `${repository.owner}:${pull.head}`) && (base ?? pull.base) === pull.base,
    )
  const address = `${apiUrl(state.world)}/repositories/${repository.id}/pulls`
  return listed(call, address, found, (pull) => shownPull(context, repository, pull))
}

/** GET /repos/{owner}/{repo}/pulls/{number} */
export const showPull: Endpoint = async (_call, { owner = '', repo = '', number = '' }, context) => {
  const repository = readable(context, owner, repo, 'pull_requests=read')
  const pull = repository.issues.filter(isPull).find((one) => String(one.number) === number)
  if (!pull) throw notFound()
  const { head, base, mergedAt } = pull.pull
  const [from, to] = await Promise.all([resolve(repository.git, base), resolve(repository.git, head)])
  const changes = to ? await changesBetween(repository.git, from?.tree ?? null, to.tree) : []
  return json(200, {
    ...(await shownPull(context, repository, pull)),
    merged: mergedAt !== null,
    mergeable: mergedAt === null ? true : null,
    rebaseable: mergedAt === null ? true : null,
    mergeable_state: mergedAt === null ? 'clean' : 'unknown',
    merged_by: mergedAt === null ? null : simpleUser(context.state, pull.assignees[0] ?? pull.user),
    comments: 0,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: 1,
    additions: changes.reduce((sum, change) => sum + change.additions, 0),
    deletions: changes.reduce((sum, change) => sum + change.deletions, 0),
    changed_files: changes.length,
  })
}

const isPull = (issue: Issue): issue is Pull => issue.pull !== null

const sorted = new WeakMap<readonly Issue[], Map<string, readonly Issue[]>>()

// A list is read page by page: it is sorted once for as long as nothing changes in it.
function inOrder(call: Call, issues: readonly Issue[]): readonly Issue[] {
  const wanted = call.query.get('state') ?? 'open'
  const key = call.query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt'
  const sign = call.query.get('direction') === 'asc' ? 1 : -1
  const known = sorted.get(issues) ?? new Map<string, readonly Issue[]>()
  sorted.set(issues, known)
  const name = `${wanted} ${key} ${sign}`
  const order = (a: Issue, b: Issue) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : a.number - b.number) * sign
  const found = known.get(name) ?? issues.filter((issue) => wanted === 'all' || issue.state === wanted).sort(order)
  known.set(name, found)
  return found
}
