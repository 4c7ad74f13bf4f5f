import { type Answer, type Call, json } from '#sandbox/http.ts'
import type { Params } from '#sandbox/route.ts'
import { boardIn, sprintIn } from './boards.ts'
import { chosenFields, issueShape } from './fields.ts'
import { narrow } from './jql.ts'
import { bounds, listIn, pageOf } from './paging.ts'
import { failure } from './refusal.ts'
import { pageByToken, searchOf } from './search.ts'
import { type Issue, type JiraContext, visibleIssues } from './state.ts'

/** The issues that the path means: of a board, of a sprint, or of both. */
function issuesOf(context: JiraContext, params: Params): Issue[] {
  const board = params.board === undefined ? null : boardIn(context, params).board
  const sprint = params.sprint === undefined ? null : sprintIn(context, params)
  if (board && sprint && sprint.board !== board.id)
    throw failure(404, 'Sprint does not exist or you do not have permission to view it.')
  return visibleIssues(context).filter(
    (issue) => (!board || issue.project === board.project) && (!sprint || issue.sprints.includes(sprint.id)),
  )
}

/** GET /rest/software/1.0/...: page by page with tokens, every navigable field unless some are named. */
export function listIssues(call: Call, params: Params, context: JiraContext): Answer {
  const asked = searchOf(call)
  const ids = chosenFields(asked.fields, '*navigable')
  const issues = narrow(issuesOf(context, params), asked.jql, context)
  const fields = asked.fields.length === 0 ? ['*navigable'] : asked.fields
  return pageByToken(context, { ...asked, fields }, issues, (issue) => issueShape(context, issue, ids, true))
}

/** GET /rest/agile/1.0/...: the way before that, counted from the beginning. */
export function listIssuesByOffset(call: Call, params: Params, context: JiraContext): Answer {
  const ids = chosenFields(listIn(call, 'fields'), '*navigable')
  const issues = narrow(issuesOf(context, params), call.query.get('jql') ?? '', context)
  const { startAt, maxResults, total, values } = pageOf(issues, bounds(call, { usual: 50, largest: 100 }))
  context.spend(values.length)
  const shown = values.map((issue) => issueShape(context, issue, ids, true))
  return json(200, { expand: 'schema,names', startAt, maxResults, total, issues: shown })
}
