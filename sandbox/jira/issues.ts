import { type Answer, type Call, json } from '#sandbox/http.ts'
import type { Params } from '#sandbox/route.ts'
import { commentShape } from './comments.ts'
import { chosenFields, expansions, fieldList, issueShape } from './fields.ts'
import { bounds, listIn, pageOf } from './paging.ts'
import { failure, noIssue } from './refusal.ts'
import { type Issue, issueOf, type JiraContext } from './state.ts'

function issueIn(context: JiraContext, { issue: name = '' }: Params): Issue {
  const issue = issueOf(context, name)
  if (issue) return issue
  throw noIssue()
}

/** GET /rest/api/3/issue/{idOrKey}: every field, unless some are named. */
export function showIssue(call: Call, params: Params, context: JiraContext): Answer {
  const issue = issueIn(context, params)
  context.spend(1)
  const ids = chosenFields(listIn(call, 'fields'), '*all')
  return json(200, { ...issueShape(context, issue, ids), ...expansions(ids, listIn(call, 'expand')) })
}

/** GET /rest/api/3/issue/{idOrKey}/comment */
export function listComments(call: Call, params: Params, context: JiraContext): Answer {
  const issue = issueIn(context, params)
  const order = call.query.get('orderBy') || 'created'
  if (!/^[+-]?created$/.test(order)) throw failure(400, `The orderBy value '${order}' is not valid.`)
  const all = order.startsWith('-') ? issue.comments.toReversed() : issue.comments
  const { startAt, maxResults, total, values } = pageOf(all, bounds(call, { usual: 5000, largest: 5000 }))
  context.spend(values.length)
  return json(200, { startAt, maxResults, total, comments: values.map((one) => commentShape(context, issue, one)) })
}

/** GET /rest/api/3/field */
export const listFields = (): Answer => json(200, fieldList())
