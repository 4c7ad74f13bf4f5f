import { type Call, json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, notFound, readable, readableIssue, readableProject } from './access.ts'
import type { Event } from './event-entries.ts'
import { eventsOf, fullEvent, listedEvent } from './event-shapes.ts'
import { sinceOf } from './issues.ts'
import { listed } from './paging.ts'
import { type Issue, projectOf, type State } from './state.ts'

type Endpoint = Handler<Context>

function page(call: Call, state: State, events: readonly Event[]) {
  const since = sinceOf(call, state)
  const show = call.query.get('full') === 'true' ? fullEvent : listedEvent
  const recent = events.filter(({ at }) => at >= since)
  return listed(call, state, recent, (event) => show(state, event))
}

/** GET /organizations/{org}/issues/{issue}/events/, latest first */
export const listIssueEvents: Endpoint = (call, { org = '', issue = '' }, context) => {
  const organization = readable(call, context, org, 'event')
  return page(call, context.state, eventsOf(readableIssue(context.state, organization, issue)))
}

/** GET /organizations/{org}/issues/{issue}/events/{event}/: `latest`, `oldest`, `recommended` or an event's id */
export const showIssueEvent: Endpoint = (call, { org = '', issue = '', event: name = '' }, context) => {
  const organization = readable(call, context, org, 'event')
  const all = eventsOf(readableIssue(context.state, organization, issue))
  const event =
    name === 'latest' || name === 'recommended'
      ? all[0]
      : name === 'oldest'
        ? all.at(-1)
        : all.find(({ id }) => id === name)
  if (!event) throw notFound()
  return json(200, fullEvent(context.state, event))
}

/** GET /projects/{org}/{project}/events/, latest first */
export const listProjectEvents: Endpoint = (call, { org = '', project = '' }, context) =>
  page(call, context.state, projectEvents(call, context, org, project))

/** GET /projects/{org}/{project}/events/{event}/ */
export const showProjectEvent: Endpoint = (call, { org = '', project = '', event: id = '' }, context) => {
  const event = projectEvents(call, context, org, project).find((one) => one.id === id)
  if (!event) throw notFound()
  return json(200, fullEvent(context.state, event))
}

function projectEvents(call: Call, context: Context, org: string, name: string): Event[] {
  const organization = readable(call, context, org, 'project')
  const { slug } = readableProject(context.state, organization, name)
  return eventsWhere(context.state, (issue) => issue.organization === organization.slug && issue.project === slug)
}

const eventsWhere = (state: State, isWanted: (issue: Issue) => boolean): Event[] =>
  state.issues
    .filter(isWanted)
    .flatMap(eventsOf)
    .toSorted((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))

/** GET /organizations/{org}/eventids/{event}/ */
export const resolveEventId: Endpoint = (call, { org = '', event: id = '' }, context) => {
  const organization = readable(call, context, org, 'org')
  const event = eventsWhere(context.state, (issue) => issue.organization === organization.slug).find(
    (one) => one.id === id,
  )
  if (!event) throw notFound()
  return json(200, {
    organizationSlug: organization.slug,
    projectSlug: projectOf(context.state, event.issue)?.slug,
    groupId: event.issue.id,
    eventId: event.id,
    event: fullEvent(context.state, event),
  })
}
