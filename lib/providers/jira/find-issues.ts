import { z } from 'zod'
import type { Api } from '#lib/providers/define-api.ts'
import { Issue, LISTED } from './issue-shape.ts'

const Found = z.object({
  issues: z.array(Issue),
  nextPageToken: z.string().nullish(),
  isLast: z.boolean().optional(),
})
const Refused = z.object({
  errorMessages: z.array(z.string()),
  errors: z.record(z.string(), z.string()).optional().catch({}).default({}),
})

/** `refused`: what Jira says is wrong with the query, in its own words. */
export type Found = { issues: Issue[]; nextCursor?: string; refused?: string }

const MAX_WORDS = 500

function saidBy({ errorMessages, errors }: z.infer<typeof Refused>): string {
  const said = [...errorMessages, ...Object.values(errors)].join(' ').trim().slice(0, MAX_WORDS)
  return said || 'The query was refused.'
}

/**
 * Issues that a query finds: a page, and what leads to the next. Jira tells no total here, and nothing but the id of an issue
 * unless it is asked for more (developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search).
 */
export async function findIssues(
  api: Api,
  jql: string,
  { count = 50, cursor }: { count?: number; cursor?: string | undefined } = {},
): Promise<Found> {
  const answer = await api('/rest/api/3/search/jql', {
    schema: z.union([Found, Refused]),
    query: { jql, maxResults: count, fields: LISTED, nextPageToken: cursor },
    accept: [400],
  })
  return 'issues' in answer ? pageOf(answer) : { issues: [], refused: saidBy(answer) }
}

const pageOf = ({ issues, nextPageToken, isLast }: z.infer<typeof Found>): Found => ({
  issues,
  ...(nextPageToken && !isLast ? { nextCursor: nextPageToken } : {}),
})

/** About how many a query finds. */
export async function countIssues(api: Api, jql: string): Promise<number> {
  const { count } = await api('/rest/api/3/search/approximate-count', {
    method: 'POST',
    body: { jql },
    schema: z.object({ count: z.number() }),
  })
  return count
}

const OLDER = 'at:'

/** The older list, counted by `startAt`: for sites that do not have the newer one yet. */
async function olderBoard(api: Api, board: string, startAt: number): Promise<Found> {
  const { issues, total = 0 } = await api(`/rest/agile/1.0/board/${board}/issue`, {
    schema: z.object({ issues: z.array(Issue), total: z.number().optional() }),
    query: { startAt, maxResults: 50, fields: LISTED },
  })
  const next = startAt + issues.length
  return { issues, ...(issues.length > 0 && next < total ? { nextCursor: `${OLDER}${next}` } : {}) }
}

/** The issues on a board, in its order (developer.atlassian.com/cloud/jira/software/rest). */
export async function issuesOfBoard(api: Api, board: string, cursor?: string): Promise<Found> {
  if (cursor?.startsWith(OLDER)) return olderBoard(api, board, Number(cursor.slice(OLDER.length)) || 0)
  const newer = await api(`/rest/software/1.0/board/${board}/issue`, {
    schema: z.union([Found, z.null()]).catch(null),
    query: { maxResults: 50, fields: LISTED, nextPageToken: cursor },
    accept: [404],
  })
  return newer ? pageOf(newer) : olderBoard(api, board, 0)
}
