import { type Answer, type Call, json } from '#sandbox/http.ts'
import type { Params } from '#sandbox/route.ts'
import { statusesOf, TYPES, typeShape } from './issue-parts.ts'
import { bounds, listIn, pageOf } from './paging.ts'
import { failure, noProject } from './refusal.ts'
import { personShape, projectShape, rest, timestamp } from './shapes.ts'
import { type JiraContext, type Project, projectOf, visibleProjects } from './state.ts'

const ORDERS: Readonly<Record<string, (project: Project) => string>> = {
  key: ({ key }) => key,
  name: ({ name }) => name.toLowerCase(),
  category: ({ category }) => category ?? '',
  lastissueupdatedtime: ({ id }) => id,
}

/** GET /rest/api/3/project/search: the projects that the caller sees, page by page. */
export function searchProjects(call: Call, _params: Params, context: JiraContext): Answer {
  const [status, types] = [listIn(call, 'status'), listIn(call, 'typeKey')]
  const [ids, keys] = [listIn(call, 'id'), listIn(call, 'keys')]
  const wanted = (call.query.get('query') ?? '').toLowerCase()
  const found = visibleProjects(context).filter(
    (project) =>
      (status.length === 0 ? ['live'] : status).includes(project.isArchived ? 'archived' : 'live') &&
      (types.length === 0 || types.includes('software')) &&
      (ids.length === 0 || ids.includes(project.id)) &&
      (keys.length === 0 || keys.includes(project.key)) &&
      (project.name.toLowerCase().includes(wanted) || project.key.toLowerCase().includes(wanted)),
  )
  const expand = listIn(call, 'expand')
  const page = pageOf(ordered(found, call.query.get('orderBy') || 'key'), bounds(call, { usual: 50, largest: 100 }))
  context.spend(page.values.length)
  const link = (startAt: number): string => {
    const query = new URLSearchParams(call.query)
    query.set('startAt', String(startAt))
    query.set('maxResults', String(page.maxResults))
    return `${rest(context, 'project/search')}?${query}`
  }
  return json(200, {
    self: link(page.startAt),
    ...(!page.isLast && { nextPage: link(page.startAt + page.maxResults) }),
    ...page,
    values: page.values.map((project) => ({
      expand: 'description,lead,issueTypes,url,projectKeys,permissions,insight',
      ...projectShape(context, project),
      ...(expand.includes('description') && { description: project.description }),
      ...(expand.includes('lead') && { lead: personShape(context, project.lead) }),
      ...(expand.includes('insight') && { insight: insight(context, project) }),
      properties: {},
    })),
  })
}

function ordered(projects: readonly Project[], orderBy: string): Project[] {
  const [, sign = '', name = ''] = /^([+-]?)(\w+)$/.exec(orderBy) ?? []
  const by = ORDERS[name.toLowerCase()]
  if (!by) throw failure(400, `The orderBy value '${orderBy}' is not valid.`)
  const sorted = projects.toSorted((a, b) => by(a).localeCompare(by(b)))
  return sign === '-' ? sorted.toReversed() : sorted
}

function insight({ data }: JiraContext, { key, site }: Project) {
  const updates = data.issues
    .filter((issue) => issue.project === key && issue.site === site)
    .map((one) => one.updatedAt)
  return {
    totalIssueCount: updates.length,
    ...(updates.length > 0 && { lastIssueUpdateTime: timestamp(Math.max(...updates)) }),
  }
}

/** A project named in the path; the same 404 for one that is not there and one that may not be seen. */
function projectIn(context: JiraContext, { project: name = '' }: Params): Project {
  const project = projectOf(context, name)
  if (project) return project
  throw noProject(name)
}

/** GET /rest/api/3/project/{idOrKey} */
export function showProject(_call: Call, params: Params, context: JiraContext): Answer {
  const project = projectIn(context, params)
  context.spend(1)
  return json(200, {
    expand: 'description,lead,issueTypes,url,projectKeys,permissions,insight',
    ...projectShape(context, project),
    description: project.description,
    lead: personShape(context, project.lead),
    components: [],
    issueTypes: TYPES.map((name) => typeShape(context, name)),
    assigneeType: 'UNASSIGNED',
    versions: [],
    roles: { Administrators: rest(context, `project/${project.id}/role/10002`) },
    properties: {},
    insight: insight(context, project),
  })
}

/** GET /rest/api/3/project/{idOrKey}/statuses: by type of issue. */
export function listStatuses(_call: Call, params: Params, context: JiraContext): Answer {
  projectIn(context, params)
  const statuses = statusesOf(context)
  return json(
    200,
    TYPES.map((name) => ({ ...typeShape(context, name), statuses })),
  )
}
