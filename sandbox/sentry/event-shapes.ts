import { type Event, entriesOf } from './event-entries.ts'
import { hexOf, type Issue, projectOf, type State, timestamp, titleOf } from './state.ts'

const KEPT = 150
const CUSTOMERS = ['Ada Bloom', 'Noor Haddad', 'Mateo Ruiz', 'Ingrid Vos', 'Tom Achebe', 'Yuki Mori', 'Elif Demir']

const eventAt = (issue: Issue, index: number, total: number): Event => ({
  issue,
  index,
  id: hexOf(`${issue.id} ${index}`),
  at: issue.lastSeen - Math.round(((issue.lastSeen - issue.firstSeen) * index) / Math.max(1, total - 1)),
})

/** The occurrences of an issue that are kept, latest first. */
export function eventsOf(issue: Issue): Event[] {
  const total = Math.min(issue.count, KEPT)
  return Array.from({ length: total }, (_, index) => eventAt(issue, index, total))
}

function userOf({ issue, index }: Event) {
  if (issue.userCount === 0) return null
  const number = index % Math.min(issue.userCount, CUSTOMERS.length)
  const name = CUSTOMERS[number] ?? ''
  return {
    id: String(20_410 + number),
    email: `${name.split(' ')[0]?.toLowerCase()}@customer.example`,
    username: null,
    ip_address: `203.0.113.${10 + number}`,
    name,
    geo: { country_code: 'NL', city: 'Rotterdam', region: 'Netherlands' },
    data: null,
  }
}

function tagsOf({ issue, index }: Event) {
  const environment = issue.environments[index % issue.environments.length]
  const tags: Record<string, string | null | undefined> = {
    ...issue.tags,
    environment,
    handled: issue.isUnhandled ? 'no' : 'yes',
    level: issue.level,
    release: issue.release,
  }
  return Object.entries(tags).flatMap(([key, value]) => (value ? [{ key, value }] : []))
}

/** An event in a list. */
export function listedEvent(state: State, event: Event) {
  const { issue, id, at } = event
  const project = projectOf(state, issue)
  const frame = issue.frames.findLast(({ inApp }) => inApp)
  return {
    eventID: id,
    tags: tagsOf(event),
    dateCreated: timestamp(at),
    user: userOf(event),
    message: '',
    title: titleOf(issue),
    id,
    platform: project?.platform.split('-')[0],
    'event.type': 'error',
    groupID: issue.id,
    crashFile: null,
    location: frame?.file ?? null,
    culprit: issue.culprit,
    projectID: project?.id,
    metadata: {
      type: issue.type,
      value: issue.value,
      ...(frame && { filename: frame.file, function: frame.function }),
    },
  }
}

const ABSENT = {
  dist: null,
  context: {},
  packages: {},
  errors: [],
  occurrence: null,
  userReport: null,
  sdkUpdates: [],
  resolvedWith: [],
  _meta: { entries: {}, message: null, user: null, contexts: null, sdk: null, context: null, packages: null, tags: {} },
}

/** An event by itself, with its stack trace and its neighbours. */
export function fullEvent(state: State, event: Event) {
  const { issue, index, at } = event
  const { 'event.type': type, ...listed } = listedEvent(state, event)
  const all = eventsOf(issue)
  return {
    ...listed,
    ...ABSENT,
    type,
    size: 5000 + (Number.parseInt(event.id.slice(0, 3), 16) % 4000),
    entries: entriesOf(event),
    contexts: {
      runtime: { name: 'node', version: '24.11.0', type: 'runtime' },
      trace: { trace_id: hexOf(event.id), span_id: event.id.slice(0, 16), status: 'internal_error', type: 'trace' },
    },
    sdk: { name: `sentry.javascript.${listed.platform}`, version: '10.24.0' },
    dateReceived: new Date(at + 700).toISOString(),
    fingerprints: [hexOf(issue.id)],
    groupingConfig: { id: 'newstyle:2023-01-11', enhancements: '' },
    release: issue.release && {
      version: issue.release,
      shortVersion: issue.release,
      dateCreated: timestamp(issue.firstSeen),
    },
    nextEventID: all[index - 1]?.id ?? null,
    previousEventID: all[index + 1]?.id ?? null,
  }
}
