import { type Call, json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, forbidden, invalid, notFound, readable, readableIssue, readableProject } from './access.ts'
import { baseIssue, fullIssue, listedIssue } from './issue-shapes.ts'
import { listed } from './paging.ts'
import { matches, periodMs, readQuery } from './query.ts'
import { type Issue, named, type Organization, projectOf, projectsOf, type State, shortIdOf } from './state.ts'

type Endpoint = Handler<Context>

const SORTS: Record<string, (a: Issue, b: Issue) => number> = {
  date: (a, b) => b.lastSeen - a.lastSeen,
  freq: (a, b) => b.count - a.count,
  new: (a, b) => b.firstSeen - a.firstSeen,
  inbox: (a, b) => b.firstSeen - a.firstSeen,
  user: (a, b) => b.userCount - a.userCount,
  trends: (a, b) => b.count / (b.lastSeen - b.firstSeen + 1) - a.count / (a.lastSeen - a.firstSeen + 1),
  recommended: (a, b) => b.lastSeen - a.lastSeen,
}
const ENVIRONMENTS = ['production', 'staging']

/** The oldest time a list reaches back to, from `statsPeriod` or `start`. */
export function sinceOf(call: Call, state: State, otherwise = '90d'): number {
  const start = call.query.get('start')
  if (start !== null) {
    const at = Date.parse(start)
    if (Number.isNaN(at)) throw invalid(`start is not a valid ISO8601 date query: ${start}`)
    return at
  }
  const period = call.query.get('statsPeriod') || otherwise
  const length = periodMs(period)
  if (length === null) throw invalid(`Invalid statsPeriod: '${period}'`)
  return state.world.clock.now() - length
}

/** The projects that `project` names, by number or slug; `-1` and nothing are all of them. */
function projectsNamed(call: Call, state: State, { slug }: Organization): Set<string> | null {
  const names = call.query.getAll('project').filter((name) => name !== '' && name !== '-1')
  if (state.settings.numericProjects && names.some((name) => !/^-?\d+$/.test(name))) {
    throw invalid('Invalid project parameter. Values must be numbers.')
  }
  const found = names.map((name) => named(projectsOf(state, slug), name)?.slug)
  if (found.includes(undefined)) throw forbidden()
  return names.length === 0 ? null : new Set(found.flatMap((one) => one ?? []))
}

function search(call: Call, context: Context, candidates: readonly Issue[], since: number): Issue[] {
  const { state, caller } = context
  const terms = readQuery(call.query.get('query') ?? 'is:unresolved')
  const order = SORTS[call.query.get('sort') || 'date']
  if (!order) throw invalid('Invalid sort parameter.')
  const environments = call.query.getAll('environment').filter(Boolean)
  if (!environments.every((name) => ENVIRONMENTS.includes(name))) throw notFound()
  return candidates
    .filter(
      (issue) =>
        issue.lastSeen >= since &&
        (environments.length === 0 || issue.environments.some((name) => environments.includes(name))) &&
        matches(terms, issue, { state, user: caller.user }),
    )
    .toSorted((a, b) => order(a, b) || Number(b.id) - Number(a.id))
}

/** GET /organizations/{org}/issues/ */
export const listIssues: Endpoint = (call, { org = '' }, context) => {
  const { state } = context
  const organization = readable(call, context, org, 'event')
  const projects = projectsNamed(call, state, organization)
  const candidates = state.issues.filter(
    (issue) => issue.organization === organization.slug && (projects === null || projects.has(issue.project)),
  )
  const found = search(call, context, candidates, sinceOf(call, state))
  return listed(call, state, found, (issue) => listedIssue(state, issue), 'limit')
}

/** GET /projects/{org}/{project}/issues/, the older list of one project. */
export const listProjectIssues: Endpoint = (call, { org = '', project: name = '' }, context) => {
  const { state } = context
  const organization = readable(call, context, org, 'event')
  const { slug } = readableProject(state, organization, name)
  const candidates = state.issues.filter((one) => one.organization === organization.slug && one.project === slug)
  const found = search(call, context, candidates, sinceOf(call, state))
  return listed(call, state, found, (issue) => listedIssue(state, issue), 'limit')
}

/** GET /organizations/{org}/issues/{issue}/, by number or short id. */
export const showIssue: Endpoint = (call, { org = '', issue = '' }, context) => {
  const organization = readable(call, context, org, 'event')
  return json(200, fullIssue(context.state, readableIssue(context.state, organization, issue)))
}

/** GET /organizations/{org}/shortids/{issue}/ */
export const resolveShortId: Endpoint = (call, { org = '', issue: name = '' }, context) => {
  const organization = readable(call, context, org, 'event')
  const issue = readableIssue(context.state, organization, name)
  return json(200, {
    organizationSlug: organization.slug,
    projectSlug: projectOf(context.state, issue)?.slug,
    groupId: issue.id,
    group: baseIssue(context.state, issue),
    shortId: shortIdOf(issue),
  })
}
