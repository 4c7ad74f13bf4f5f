import { type Answer, type Call, header, json } from '#sandbox/http.ts'
import { type Handler, type Route, router } from '#sandbox/route.ts'
import { type Context, callerOf, Refusal } from './access.ts'
import { listIssueEvents, listProjectEvents, resolveEventId, showIssueEvent, showProjectEvent } from './events.ts'
import { exploreEvents } from './explore.ts'
import { listIssues, listProjectIssues, resolveShortId, showIssue } from './issues.ts'
import { limited } from './limits.ts'
import {
  listOrganizations,
  listProjects,
  listRegions,
  showAuth,
  showIndex,
  showOrganization,
  showProject,
} from './organizations.ts'
import type { State } from './state.ts'

const endpoint = (pattern: string, handler: Handler<Context>): Route<Context, string> => ({
  method: 'GET',
  pattern: `/api/0${pattern}`,
  handler,
  about: pattern,
})

const find = router([
  endpoint('/', showIndex),
  endpoint('/auth/', showAuth),
  endpoint('/users/me/regions/', listRegions),
  endpoint('/organizations/', listOrganizations),
  endpoint('/organizations/{org}/', showOrganization),
  endpoint('/organizations/{org}/projects/', listProjects),
  endpoint('/organizations/{org}/issues/', listIssues),
  endpoint('/organizations/{org}/issues/{issue}/', showIssue),
  endpoint('/organizations/{org}/issues/{issue}/events/', listIssueEvents),
  endpoint('/organizations/{org}/issues/{issue}/events/{event}/', showIssueEvent),
  endpoint('/organizations/{org}/shortids/{issue}/', resolveShortId),
  endpoint('/organizations/{org}/eventids/{event}/', resolveEventId),
  endpoint('/organizations/{org}/events/', exploreEvents),
  endpoint('/projects/{org}/{project}/', showProject),
  endpoint('/projects/{org}/{project}/issues/', listProjectIssues),
  endpoint('/projects/{org}/{project}/events/', listProjectEvents),
  endpoint('/projects/{org}/{project}/events/{event}/', showProjectEvent),
])

/** Answers one request under /api/0/. */
export async function answerApi(call: Call, state: State): Promise<Answer> {
  const found = find('GET', call.rest)
  if (!found) return unknownRoute(call)
  if (!['GET', 'HEAD'].includes(call.method)) {
    return json(405, { detail: `Method "${call.method}" not allowed.` }, { allow: 'GET, HEAD' })
  }
  const caller = callerOf(call, state)
  return limited(state, `${caller.key} ${found.about}`, async () => {
    if (state.settings.holdMs > 0) await new Promise((resolve) => setTimeout(resolve, state.settings.holdMs))
    try {
      return await found.handler(call, found.params, { state, caller })
    } catch (problem) {
      if (problem instanceof Refusal) return problem.answer
      throw problem
    }
  })
}

// A path without its last slash is told so, in text unless the request says that it is JSON.
function unknownRoute(call: Call): Answer {
  if (call.rest.endsWith('/')) return { status: 404, headers: { 'content-type': 'text/html; charset=utf-8' } }
  const [why, suggestion] = ['Route not found, did you forget a trailing slash?', `try: ${call.rest}/`]
  if (header(call, 'content-type')?.startsWith('application/json')) return json(404, { info: `${why} ${suggestion}` })
  const arrow = `${' '.repeat(suggestion.length - 1)}^`
  return {
    status: 404,
    headers: { 'content-type': 'text/plain' },
    body: `${why}\n\n${suggestion}\n${arrow}\n`,
  }
}
