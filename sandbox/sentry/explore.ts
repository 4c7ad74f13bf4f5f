import { json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, invalid, readable } from './access.ts'
import { eventsOf, listedEvent } from './event-shapes.ts'
import { sinceOf } from './issues.ts'
import { matches, readQuery } from './query.ts'
import { type Issue, projectOf, type State, shortIdOf, timestamp, titleOf } from './state.ts'

type Cell = string | number | null
type Row = Record<string, Cell>

const DATASETS = ['errors', 'logs', 'profile_functions', 'spans', 'tracemetrics', 'uptime_results']
const MOST_FIELDS = 20
const MOST_ROWS = 100

/** GET /organizations/{org}/events/: rows of a table over the events; only the dataset `errors` holds any. */
export const exploreEvents: Handler<Context> = (call, { org = '' }, context) => {
  const { state, caller } = context
  const organization = readable(call, context, org, 'org')
  const [dataset, fields] = [call.query.get('dataset') ?? '', call.query.getAll('field').filter(Boolean)]
  if (!DATASETS.includes(dataset)) throw invalid(`dataset must be one of: ${DATASETS.join(', ')}`)
  if (fields.length === 0) throw invalid('No columns selected')
  if (fields.length > MOST_FIELDS) {
    throw invalid(`You can view up to ${MOST_FIELDS} fields at a time. Please delete some and try again.`)
  }
  const since = sinceOf(call, state)
  const terms = readQuery(call.query.get('query') ?? '')
  const issues = state.issues.filter(
    (issue) =>
      dataset === 'errors' &&
      issue.organization === organization.slug &&
      issue.lastSeen >= since &&
      matches(terms, issue, { state, user: caller.user }),
  )
  const isTotal = fields.some((field) => field.endsWith(')'))
  const rows = isTotal ? totals(state, issues, fields, since) : singles(state, issues, fields, since)
  const [sort = fields[0] ?? ''] = call.query.getAll('sort')
  const size = Math.min(Number(call.query.get('per_page') ?? MOST_ROWS) || MOST_ROWS, MOST_ROWS)
  return json(200, {
    data: sorted(rows, sort).slice(0, size),
    meta: { fields: Object.fromEntries(fields.map((field) => [field, typeOf(field)])) },
  })
}

const typeOf = (field: string): string =>
  field.startsWith('count') ? 'integer' : /^(timestamp|last_seen\(\)|max\(timestamp\))$/.test(field) ? 'date' : 'string'

function cellOf(state: State, issue: Issue, field: string): Cell {
  const project = projectOf(state, issue)
  const known: Record<string, Cell | undefined> = {
    title: titleOf(issue),
    issue: shortIdOf(issue),
    'issue.id': Number(issue.id),
    project: project?.slug,
    'project.name': project?.slug,
    level: issue.level,
    culprit: issue.culprit,
    release: issue.release,
    environment: issue.environments[0],
    'error.type': issue.type,
  }
  return known[field] ?? issue.tags[field] ?? null
}

function singles(state: State, issues: readonly Issue[], fields: readonly string[], since: number): Row[] {
  const events = issues.flatMap(eventsOf).filter(({ at }) => at >= since)
  return events.map((event) => {
    const shown = listedEvent(state, event)
    const own: Row = { id: event.id, timestamp: shown.dateCreated, 'user.email': shown.user?.email ?? null }
    return Object.fromEntries(
      ['id', 'project.name', ...fields].map((field) => [field, own[field] ?? cellOf(state, event.issue, field)]),
    )
  })
}

/** One row per different combination of the plain fields. */
function totals(state: State, issues: readonly Issue[], fields: readonly string[], since: number): Row[] {
  const plain = fields.filter((field) => !field.endsWith(')'))
  const groups = Map.groupBy(issues, (issue) => JSON.stringify(plain.map((field) => cellOf(state, issue, field))))
  return [...groups.values()].map((group) =>
    Object.fromEntries(
      fields.map((field) => [field, field.endsWith(')') ? totalOf(field, group, since) : cellIn(state, group, field)]),
    ),
  )
}

const cellIn = (state: State, [issue]: Issue[], field: string): Cell => (issue ? cellOf(state, issue, field) : null)

function totalOf(field: string, issues: readonly Issue[], since: number): Cell {
  const share = ({ firstSeen, lastSeen }: Issue) =>
    lastSeen === firstSeen ? 1 : Math.min(1, (lastSeen - Math.max(firstSeen, since)) / (lastSeen - firstSeen))
  const sum = (of: (issue: Issue) => number) =>
    issues.reduce((all, issue) => all + Math.ceil(of(issue) * share(issue)), 0)
  if (field === 'count()') return sum(({ count }) => count)
  if (field === 'count_unique(user)') return sum(({ userCount }) => userCount)
  if (field === 'count_unique(issue)') return issues.length
  if (field === 'last_seen()' || field === 'max(timestamp)') {
    return timestamp(Math.max(...issues.map(({ lastSeen }) => lastSeen)))
  }
  throw invalid(`${field} is not a valid function`)
}

function sorted(rows: readonly Row[], sort: string): Row[] {
  const [key, sign] = sort.startsWith('-') ? [sort.slice(1), -1] : [sort, 1]
  const value = (row: Row) => row[key] ?? row[`${key}()`] ?? ''
  return rows.toSorted((a, b) => (value(a) < value(b) ? -sign : value(a) > value(b) ? sign : 0))
}
