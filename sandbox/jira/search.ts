import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '#sandbox/atlassian/access.ts'
import { type Answer, type Call, json, parseJson } from '#sandbox/http.ts'
import type { Params } from '#sandbox/route.ts'
import { chosenFields, issueShape } from './fields.ts'
import { runQuery } from './jql.ts'
import { listIn, numberIn } from './paging.ts'
import { failure } from './refusal.ts'
import type { Issue, JiraContext } from './state.ts'

const WEEK_MS = 7 * 86_400_000
const USUAL = 50
/** Pages are this long at most where more is asked for than ids and keys. */
const LARGEST = 100
const LARGEST_BARE = 5000

export type Search = { jql: string; nextPageToken: string | null; maxResults: number; fields: readonly string[] }
const Body = z.strictObject({
  jql: z.string().default(''),
  nextPageToken: z.string().optional(),
  maxResults: z.number().int().optional(),
  fields: z.array(z.string()).optional(),
  expand: z.string().optional(),
  properties: z.array(z.string()).max(5).optional(),
  fieldsByKeys: z.boolean().optional(),
  reconcileIssues: z.array(z.number()).max(50).optional(),
})

/** A JSON body as an operation takes it; refuses what it does not know. */
function bodyOf<Schema extends z.ZodType>(call: Call, schema: Schema): z.output<Schema> {
  const read = schema.safeParse(parseJson(call.body))
  if (read.success) return read.data
  throw failure(400, 'Invalid request payload. Refer to the REST API documentation and try again.')
}

/** What the query of a GET asks for. */
export const searchOf = (call: Call): Search => ({
  jql: call.query.get('jql') ?? '',
  nextPageToken: call.query.get('nextPageToken'),
  maxResults: numberIn(call, 'maxResults', USUAL),
  fields: listIn(call, 'fields'),
})

/** GET /rest/api/3/search/jql */
export const search = (call: Call, _params: Params, context: JiraContext): Answer => found(context, searchOf(call))

/** POST /rest/api/3/search/jql */
export function searchByBody(call: Call, _params: Params, context: JiraContext): Answer {
  const { jql, nextPageToken = null, maxResults = USUAL, fields = [] } = bodyOf(call, Body)
  return found(context, { jql, nextPageToken, maxResults, fields })
}

function found(context: JiraContext, asked: Search): Answer {
  // Without names there is the id, and nothing else.
  const ids = asked.fields.length === 0 ? ['id'] : chosenFields(asked.fields, 'id')
  const issues = runQuery(asked.jql, context)
  return pageByToken(context, asked, issues, (issue) => {
    if (ids.every((id) => id === 'id')) return { id: issue.id }
    return issueShape(context, issue, ids)
  })
}

/** One page of issues with the token of the next, and neither a total nor a place to begin. */
export function pageByToken(
  context: JiraContext,
  { jql, nextPageToken, maxResults, fields }: Search,
  issues: readonly Issue[],
  show: (issue: Issue) => object,
): Answer {
  const isBare = fields.every((name) => name === 'id' || name === 'key')
  const size = maxResults <= 0 ? USUAL : Math.min(maxResults, isBare ? LARGEST_BARE : LARGEST)
  const start = nextPageToken === null ? 0 : offsetIn(context, nextPageToken, jql)
  const shown = issues.slice(start, start + size)
  const isLast = start + size >= issues.length
  context.spend(shown.length)
  const next = isLast ? {} : { nextPageToken: tokenFor(context, jql, start + size) }
  return json(200, { issues: shown.map(show), ...next, isLast })
}

const hashOf = (jql: string): string => createHash('sha256').update(jql).digest('hex').slice(0, 12)

/** A page token: for one query, and for a week. */
function tokenFor({ state }: JiraContext, jql: string, offset: number): string {
  return Buffer.from(`${hashOf(jql)}.${offset}.${state.world.clock.now() + WEEK_MS}`).toString('base64')
}

function offsetIn({ state }: JiraContext, token: string, jql: string): number {
  const [hash, offset = '', until = ''] = Buffer.from(token, 'base64').toString('utf8').split('.')
  const isGood = hash === hashOf(jql) && /^\d+$/.test(offset) && Number(until) > state.world.clock.now()
  if (isGood) return Number(offset)
  throw failure(400, 'The provided next page token is invalid or expired.')
}

/** POST /rest/api/3/search/approximate-count */
export function countIssues(call: Call, _params: Params, context: JiraContext): Answer {
  const { jql } = bodyOf(call, z.strictObject({ jql: z.string().default('') }))
  return json(200, { count: runQuery(jql, context).length })
}

/** POST /rest/api/3/jql/parse: what is wrong with queries, without running them. */
export function parseQueries(call: Call, _params: Params, context: JiraContext): Answer {
  const { queries } = bodyOf(call, z.strictObject({ queries: z.array(z.string()).min(1) }))
  const read = queries.map((query) => {
    try {
      runQuery(query.trim() === '' ? 'created is not EMPTY' : query, context)
      return { query }
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem
      const errors = z.object({ errorMessages: z.array(z.string()) }).parse(problem.body).errorMessages
      return errors.some((text) => text.startsWith('Unbounded')) ? { query } : { query, errors }
    }
  })
  return json(200, { queries: read })
}

/** GET and POST /rest/api/3/search: gone (developer.atlassian.com/changelog/#CHANGE-2046). */
export function removedSearch(): Answer {
  throw failure(
    410,
    'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046',
  )
}
