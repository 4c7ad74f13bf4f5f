import { organizationPage, teamId } from './organization-shapes.ts'
import { type Issue, projectOf, type State, shortIdOf, timestamp, titleOf } from './state.ts'

const HOUR_MS = 3_600_000

const assigneeOf = (state: State, issue: Issue) => {
  if (issue.assignee?.startsWith('#')) {
    const name = issue.assignee.slice(1)
    return { type: 'team', id: teamId(name), name }
  }
  const person = state.users.find(({ email }) => email === issue.assignee)
  return person ? { type: 'user', id: person.id, name: person.name, email: person.email } : null
}

/** Events per bucket, newest last, as `[epoch seconds, count]`. */
function buckets(state: State, issue: Issue, count: number, widthMs: number): [number, number][] {
  const last = Math.floor(state.world.clock.now() / widthMs) * widthMs
  const lifetime = Math.max(issue.lastSeen - issue.firstSeen, HOUR_MS)
  return Array.from({ length: count }, (_, index) => {
    const from = last - (count - 1 - index) * widthMs
    const shared = Math.min(from + widthMs, issue.lastSeen) - Math.max(from, issue.firstSeen)
    const wave = 0.6 + 0.4 * Math.sin(Number(issue.id.slice(-4)) + index)
    return [from / 1000, Math.max(0, Math.round((issue.count * shared * wave) / lifetime))]
  })
}

const dailyStats = (state: State, issue: Issue) => buckets(state, issue, 24, HOUR_MS)

const ABSENT = {
  annotations: [],
  hasSeen: false,
  isBookmarked: false,
  isPublic: false,
  isSubscribed: true,
  logger: null,
  numComments: 0,
  shareId: null,
  statusDetails: {},
  subscriptionDetails: null,
  priorityLockedAt: null,
  seerFixabilityScore: null,
  seerAutofixLastTriggered: null,
  seerExplorerAutofixLastTriggered: null,
}

/** An issue as everything else embeds it. */
export function baseIssue(state: State, issue: Issue) {
  const project = projectOf(state, issue)
  const frame = issue.frames.findLast(({ inApp }) => inApp)
  return {
    ...ABSENT,
    assignedTo: assigneeOf(state, issue),
    count: String(issue.count),
    culprit: issue.culprit,
    firstSeen: timestamp(issue.firstSeen),
    id: issue.id,
    lastSeen: timestamp(issue.lastSeen),
    level: issue.level,
    metadata: {
      title: titleOf(issue),
      type: issue.type,
      value: issue.value,
      ...(frame && { filename: frame.file, function: frame.function }),
    },
    permalink: issue.hasPermalink ? `${organizationPage(state, issue.organization)}/issues/${issue.id}/` : null,
    project: { id: project?.id, name: project?.name, slug: project?.slug, platform: project?.platform },
    shortId: shortIdOf(issue),
    status: issue.status,
    title: titleOf(issue),
    type: 'error',
    userCount: issue.userCount,
    issueCategory: 'error',
    issueType: 'error',
    platform: project?.platform.split('-')[0],
    priority: issue.priority,
    substatus: issue.substatus,
    isUnhandled: issue.isUnhandled,
  }
}

/** An issue in a list. */
export function listedIssue(state: State, issue: Issue) {
  const base = baseIssue(state, issue)
  const { count, userCount, firstSeen, lastSeen } = base
  return {
    ...base,
    filtered: null,
    stats: { '24h': dailyStats(state, issue) },
    lifetime: { count, userCount, firstSeen, lastSeen, stats: null },
  }
}

/** An issue by itself. */
export function fullIssue(state: State, issue: Issue) {
  const base = baseIssue(state, issue)
  const release = issue.release && {
    version: issue.release,
    shortVersion: issue.release,
    dateCreated: base.firstSeen,
    dateReleased: null,
    ref: null,
    url: null,
  }
  return {
    ...base,
    activity: [{ data: {}, dateCreated: base.firstSeen, id: '0', type: 'first_seen', user: null }],
    seenBy: [],
    userReportCount: 0,
    participants: [],
    firstRelease: release,
    lastRelease: release,
    tags: [...Object.keys(issue.tags), 'level'].map((key) => ({
      key,
      name: key.charAt(0).toUpperCase() + key.slice(1),
      totalValues: issue.count,
    })),
    stats: { '24h': dailyStats(state, issue), '30d': buckets(state, issue, 30, 24 * HOUR_MS) },
  }
}
