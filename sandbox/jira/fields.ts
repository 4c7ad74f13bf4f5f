import { documentOf } from '#sandbox/atlassian/documents.ts'
import { commentPage } from './comments.ts'
import { priorityShape, statusShape, typeShape } from './issue-parts.ts'
import { personShape, projectShape, rest, timestamp } from './shapes.ts'
import { type Issue, type JiraContext, projectOf, sprintsOf, visibleIssues } from './state.ts'

export const POINTS = 'customfield_10016'
export const SPRINTS = 'customfield_10020'
type Show = (context: JiraContext, issue: Issue) => unknown
type Field = { name: string; type: string; show: Show; isHidden?: true }

const field = (name: string, type: string, show: Show): Field => ({ name, type, show })
const none = (): null => null

/** A linked issue, with the few fields that links have. */
function brief(context: JiraContext, { id, key, summary, status, priority, type }: Issue) {
  const fields = {
    summary,
    status: statusShape(context, status),
    priority: priorityShape(context, priority),
    issuetype: typeShape(context, type),
  }
  return { id, key, self: rest(context, `issue/${id}`), fields }
}

const byKey = (context: JiraContext, key: string | null): Issue | undefined =>
  visibleIssues(context).find((one) => one.key === key)

function links(context: JiraContext, issue: Issue): object[] {
  const WORDS = { Blocks: ['is blocked by', 'blocks'], Relates: ['relates to', 'relates to'] } as const
  const shape = (type: keyof typeof WORDS, other: Issue, side: 'inwardIssue' | 'outwardIssue') => {
    const [inward, outward] = WORDS[type]
    const id = `1${issue.id}${other.id}`
    const about = { id: type === 'Blocks' ? '10000' : '10003', name: type, inward, outward }
    return {
      id,
      self: rest(context, `issueLink/${id}`),
      type: { ...about, self: rest(context, `issueLinkType/${about.id}`) },
      [side]: brief(context, other),
    }
  }
  const outgoing = issue.links.flatMap(({ type, to }) => {
    const other = byKey(context, to)
    return other ? [shape(type, other, 'outwardIssue')] : []
  })
  const incoming = visibleIssues(context).flatMap((other) =>
    other.links.filter(({ to }) => to === issue.key).map(({ type }) => shape(type, other, 'inwardIssue')),
  )
  return [...outgoing, ...incoming]
}

function sprintField(context: JiraContext, issue: Issue): object[] | null {
  const found = sprintsOf(context).filter(({ id }) => issue.sprints.includes(id))
  if (found.length === 0) return null
  return found.map(({ id, name, state, board, goal, startDate, endDate, completeDate }) => ({
    id,
    name,
    state,
    boardId: board,
    goal,
    ...(startDate !== null && { startDate, endDate }),
    ...(completeDate !== null && { completeDate }),
  }))
}

function resolution(context: JiraContext, { resolvedAt }: Issue) {
  if (resolvedAt === null) return null
  const about = { id: '10000', name: 'Done', description: 'Work has been completed on this issue.' }
  return { self: rest(context, 'resolution/10000'), ...about }
}

const parentOf: Show = (context, { parent }) => {
  const found = byKey(context, parent)
  return found ? brief(context, found) : undefined
}

/** The fields of an issue by their ids, in the order that Jira's answers have them in. */
const FIELDS: Readonly<Record<string, Field>> = {
  statuscategorychangedate: field('Status Category Changed', 'datetime', (_context, one) => timestamp(one.updatedAt)),
  issuetype: field('Issue Type', 'issuetype', (context, { type }) => typeShape(context, type)),
  parent: field('Parent', 'issuelink', parentOf),
  timespent: field('Time Spent', 'number', none),
  project: field('Project', 'project', (context, { project }) => {
    const found = projectOf(context, project)
    return found ? projectShape(context, found) : null
  }),
  fixVersions: field('Fix versions', 'array', () => []),
  resolution: field('Resolution', 'resolution', resolution),
  resolutiondate: field('Resolved', 'datetime', (_context, { resolvedAt }) =>
    resolvedAt === null ? null : timestamp(resolvedAt),
  ),
  watches: field('Watchers', 'watches', (context, { key }) => ({
    self: rest(context, `issue/${key}/watchers`),
    watchCount: 1,
    isWatching: false,
  })),
  created: field('Created', 'datetime', (_context, { createdAt }) => timestamp(createdAt)),
  priority: field('Priority', 'priority', (context, { priority }) => priorityShape(context, priority)),
  labels: field('Labels', 'array', (_context, { labels }) => labels),
  [POINTS]: field('Story Points', 'number', (_context, { points }) => points),
  [SPRINTS]: field('Sprint', 'array', sprintField),
  issuelinks: field('Linked Issues', 'array', links),
  assignee: field('Assignee', 'user', (context, { assignee }) => personShape(context, assignee)),
  updated: field('Updated', 'datetime', (_context, { updatedAt }) => timestamp(updatedAt)),
  status: field('Status', 'status', (context, { status }) => statusShape(context, status)),
  statusCategory: field(
    'Status Category',
    'statusCategory',
    (context, { status }) => statusShape(context, status).statusCategory,
  ),
  components: field('Components', 'array', () => []),
  description: field('Description', 'string', (_context, { description }) => documentOf(description)),
  summary: field('Summary', 'string', (_context, { summary }) => summary),
  creator: field('Creator', 'user', (context, { reporter }) => personShape(context, reporter)),
  subtasks: field('Sub-tasks', 'array', (context, { key, type }) =>
    visibleIssues(context)
      .filter((one) => one.parent === key && one.type === 'Sub-task' && type !== 'Epic')
      .map((one) => brief(context, one)),
  ),
  reporter: field('Reporter', 'user', (context, { reporter }) => personShape(context, reporter)),
  duedate: field('Due date', 'date', (_context, { dueDate }) => dueDate),
  comment: { name: 'Comment', type: 'comments-page', show: commentPage, isHidden: true },
}

/** Which fields a list of names means: ids, `*all`, `*navigable`, and with a minus what not. */
export function chosenFields(names: readonly string[], usual: string): string[] {
  const added = names.filter((name) => !name.startsWith('-'))
  const removed = names.filter((name) => name.startsWith('-')).map((name) => name.slice(1))
  const groups: Record<string, string[]> = {
    '*all': Object.keys(FIELDS),
    '*navigable': Object.keys(FIELDS).filter((id) => !FIELDS[id]?.isHidden),
  }
  const wanted = (added.length === 0 ? [usual] : added).flatMap((name) => groups[name] ?? [name])
  return [...new Set(wanted)].filter((id) => !removed.includes(id))
}

/** An issue with some of its fields. Names that no field has are passed over. `isText` is for the older APIs, which have no documents. */
export function issueShape(context: JiraContext, issue: Issue, ids: readonly string[], isText = false) {
  const known = Object.keys(FIELDS).filter((id) => ids.includes(id))
  const values = known.map((id) => [
    id,
    isText && id === 'description' ? issue.description || null : FIELDS[id]?.show(context, issue),
  ])
  return {
    expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
    id: issue.id,
    self: rest(context, `issue/${issue.id}`),
    key: issue.key,
    fields: Object.fromEntries(values),
  }
}

const KINDS: Readonly<Record<string, string>> = {
  [POINTS]: 'com.atlassian.jira.plugin.system.customfieldtypes:float',
  [SPRINTS]: 'com.pyxis.greenhopper.jira:gh-sprint',
}

const schemaOf = (id: string, { type }: Field) => {
  const custom = KINDS[id]
  return custom === undefined ? { type, system: id } : { type, custom, customId: Number(id.slice(12)) }
}

/** What `expand=names,schema` adds to an issue: how its fields are called, and of what kind they are. */
export function expansions(ids: readonly string[], expand: readonly string[]): object {
  const known = Object.entries(FIELDS).filter(([id]) => ids.includes(id))
  return {
    ...(expand.includes('names') && { names: Object.fromEntries(known.map(([id, { name }]) => [id, name])) }),
    ...(expand.includes('schema') && { schema: Object.fromEntries(known.map(([id, one]) => [id, schemaOf(id, one)])) }),
  }
}

/** GET /rest/api/3/field: every field with its id. */
export const fieldList = (): object[] =>
  Object.entries(FIELDS).map(([id, one]) => ({
    id,
    key: id,
    name: one.name,
    custom: id.startsWith('customfield_'),
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: id.startsWith('customfield_') ? [`cf[${id.slice(12)}]`, one.name] : [id],
    schema: schemaOf(id, one),
  }))
