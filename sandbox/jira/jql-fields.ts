import type { Value } from '#sandbox/atlassian/query-read.ts'
import type { QueryField } from '#sandbox/atlassian/query-run.ts'
import { Unreadable } from '#sandbox/atlassian/query-tokens.ts'
import { accountOf } from '#sandbox/atlassian/state.ts'
import { POINTS, SPRINTS } from './fields.ts'
import { categoryName, PRIORITIES, STATUSES, TYPES } from './issue-parts.ts'
import { type Issue, issueOf, type JiraContext, projectOf, sprintsOf } from './state.ts'

/** A field, and what a value of a query stands for in it, where it is one of choices. */
type Field = QueryField<Issue> & { find?: (value: string, context: JiraContext) => (string | number)[] }

const anyOf =
  (names: readonly string[]) =>
  (value: string): string[] =>
    names.filter((name) => name.toLowerCase() === value.toLowerCase())

function peopleNamed(value: string, { state }: JiraContext): string[] {
  const wanted = value.toLowerCase()
  return state.accounts
    .filter(({ id, email, name }) => [id, email, name].some((one) => one.toLowerCase() === wanted))
    .map(({ email }) => email)
}

const sprintsNamed = (value: string, context: JiraContext): number[] =>
  sprintsOf(context)
    .filter(({ id, name }) => String(id) === value || name === value)
    .map(({ id }) => id)

const keysNamed = (value: string, context: JiraContext): string[] => {
  const found = issueOf(context, value)
  return found ? [found.key] : []
}

const choice = (name: string, of: Field['of'], find: Field['find']): Field => ({
  kind: 'choice',
  name,
  of,
  ...(find && { find }),
})
const text = (name: string, of: (issue: Issue) => string[]): Field => ({ kind: 'text', name, of })
const date = (name: string, of: (issue: Issue) => number | null): Field => ({
  kind: 'date',
  name,
  of: (issue) => [of(issue)],
})

const key = choice('key', (issue) => [issue.key], keysNamed)
const type = choice('issuetype', (issue) => [issue.type], anyOf(TYPES))
const resolved = date('resolved', ({ resolvedAt }) => resolvedAt)
const points: Field = { kind: 'number', name: 'Story Points', of: (issue) => [issue.points] }
const sprint = choice('Sprint', (issue) => issue.sprints, sprintsNamed)
const commentsOf = ({ comments }: Issue): string[] => comments.map((one) => one.text)

/** The fields of a query by their names in lower case. */
const FIELDS: Readonly<Record<string, Field>> = {
  project: choice(
    'project',
    (issue) => [issue.project],
    (value, context) => {
      const byName = context.data.projects.find(
        ({ name, site }) => site === context.caller.site.name && name.toLowerCase() === value.toLowerCase(),
      )
      const found = projectOf(context, byName?.key ?? value)
      return found ? [found.key] : []
    },
  ),
  key,
  issuekey: key,
  id: key,
  issue: key,
  parent: choice('parent', (issue) => [issue.parent], keysNamed),
  type,
  issuetype: type,
  status: choice('status', (issue) => [issue.status], anyOf(Object.keys(STATUSES))),
  statuscategory: choice(
    'statusCategory',
    (issue) => [categoryName(issue.status)],
    anyOf(['To Do', 'In Progress', 'Done']),
  ),
  priority: choice('priority', (issue) => [issue.priority], anyOf(PRIORITIES)),
  resolution: choice(
    'resolution',
    (issue) => [issue.resolvedAt === null ? null : 'Done'],
    (value) => [...anyOf(['Done'])(value), ...(value.toLowerCase() === 'unresolved' ? ['Unresolved'] : [])],
  ),
  assignee: choice('assignee', (issue) => [issue.assignee], peopleNamed),
  reporter: choice('reporter', (issue) => [issue.reporter], peopleNamed),
  creator: choice('creator', (issue) => [issue.reporter], peopleNamed),
  labels: choice(
    'labels',
    (issue) => issue.labels,
    (value) => [value],
  ),
  sprint,
  [`cf[${SPRINTS.slice(12)}]`]: sprint,
  'story points': points,
  'story point estimate': points,
  [`cf[${POINTS.slice(12)}]`]: points,
  summary: text('summary', (issue) => [issue.summary]),
  description: text('description', (issue) => [issue.description]),
  comment: text('comment', commentsOf),
  text: text('text', (issue) => [issue.summary, issue.description, ...commentsOf(issue)]),
  created: date('created', ({ createdAt }) => createdAt),
  createddate: date('created', ({ createdAt }) => createdAt),
  updated: date('updated', ({ updatedAt }) => updatedAt),
  updateddate: date('updated', ({ updatedAt }) => updatedAt),
  resolved,
  resolutiondate: resolved,
  due: date('due', ({ dueDate }) => (dueDate === null ? null : Date.parse(dueDate))),
  duedate: date('duedate', ({ dueDate }) => (dueDate === null ? null : Date.parse(dueDate))),
}

/** A field by its name; refuses one that there is not. */
export function fieldNamed(name: string): Field {
  const field = FIELDS[name.toLowerCase()]
  if (field && Object.hasOwn(FIELDS, name.toLowerCase())) return field
  throw new Unreadable(`Field '${name}' does not exist or you do not have permission to view it.`)
}

/** What the functions of choices stand for. */
const FUNCTIONS: Readonly<Record<string, { of: string[]; values: (context: JiraContext) => (string | number)[] }>> = {
  currentuser: {
    of: ['assignee', 'reporter', 'creator'],
    values: ({ caller }) => (caller.account ? [caller.account.email] : []),
  },
  opensprints: { of: ['Sprint'], values: (context) => sprintsIn(context, 'active') },
  closedsprints: { of: ['Sprint'], values: (context) => sprintsIn(context, 'closed') },
  futuresprints: { of: ['Sprint'], values: (context) => sprintsIn(context, 'future') },
}

const sprintsIn = (context: JiraContext, state: string): number[] =>
  sprintsOf(context)
    .filter((one) => one.state === state)
    .map(({ id }) => id)

/** What a value of the query stands for in a field of choices; null is nothing being there. */
export function choicesOf(field: QueryField<Issue>, value: Value, context: JiraContext): (string | number | null)[] {
  if (value.type === 'empty') return [null]
  if (value.type === 'function') {
    const known = FUNCTIONS[value.name]
    if (!known) throw new Unreadable(`Unable to find JQL function '${value.name}()'.`)
    if (known.of.includes(field.name)) return known.values(context)
    throw new Unreadable(`The function '${value.name}' cannot be used with the field '${field.name}'.`)
  }
  if (field.name === 'resolution' && value.text.toLowerCase() === 'unresolved') return [null]
  const found = fieldNamed(field.name).find?.(value.text, context) ?? []
  if (found.length > 0) return found
  if (field.name === 'key') throw new Unreadable(`An issue with key '${value.text}' does not exist for field 'key'.`)
  throw new Unreadable(`The value '${value.text}' does not exist for the field '${field.name}'.`)
}

/** How issues are sorted by a field. */
export function sortKey(name: string, { state }: JiraContext): (issue: Issue) => number | string {
  if (name.toLowerCase() === 'rank') return ({ id }) => Number(id)
  const field = fieldNamed(name)
  if (field.kind === 'text' && field.name !== 'summary') throw new Unreadable(`Not able to sort using field '${name}'.`)
  if (field.name === 'key') return ({ key: text }) => text.replace(/\d+$/, (number) => number.padStart(9, '0'))
  if (field.name === 'priority') return ({ priority }) => -PRIORITIES.indexOf(priority)
  if (field.name === 'status') return ({ status }) => Object.keys(STATUSES).indexOf(status)
  if (field.name === 'assignee')
    return ({ assignee }) => (assignee === null ? '\uffff' : (accountOf(state, assignee)?.name ?? assignee))
  return (issue) => {
    const [first] = field.of(issue)
    return first ?? (field.kind === 'date' || field.kind === 'number' ? Number.MAX_SAFE_INTEGER : '\uffff')
  }
}
