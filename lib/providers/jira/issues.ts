import { now } from '#lib/platform/clock.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import { within } from '#lib/providers/atlassian-query.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { type Found, findIssues, issuesOfBoard } from './find-issues.ts'
import { IssueId, isIssueKey, PlaceId } from './ids.ts'
import { Issue, toResource } from './issue-shape.ts'
import { bySummary, changedSince, newestFirst, ofProject, ofSprint } from './jql.ts'
import { issueLink } from './links.ts'

const MINUTE_MS = 60_000

const toPage = (api: Api, { issues, nextCursor, refused }: Found): Page => ({
  items: issues.map((issue) => toResource(api, issue)),
  ...(nextCursor ? { nextCursor } : {}),
  ...(refused === undefined ? {} : { message: refused }),
})

/** The clause that keeps a query inside of a project or a sprint; null for a board, which has a query of its own. */
function clauseOf(place: string): string | null {
  const [, sprint] = place.split('.')
  if (sprint !== undefined) return ofSprint(sprint)
  return /^\d/.test(place) ? null : ofProject(place)
}

type At = { parent?: string; cursor?: string; since?: Date }

async function list(api: Api, { parent, cursor, since }: At): Promise<Page> {
  if (parent === undefined) return { items: [] }
  const place = PlaceId.read(api, parent)
  const clause = clauseOf(place)
  if (clause === null) return toPage(api, await issuesOfBoard(api, place, cursor))
  const recent = since ? ` AND ${changedSince((now().getTime() - since.getTime()) / MINUTE_MS)}` : ''
  return toPage(api, await findIssues(api, newestFirst(clause + recent), { cursor }))
}

// A field of a site's own is found by its name or its kind, so all that a person would see is asked for.
const readIssue = (api: Api, key: string): Promise<Issue> =>
  api(`/rest/api/3/issue/${key}`, { schema: Issue, query: { fields: '*navigable', expand: 'names,schema' } })

/** The issue whose key was typed, if there is one. */
async function byKey(api: Api, typed: string, parent?: string): Promise<Resource[]> {
  const key = typed.trim().toUpperCase()
  if (!isIssueKey(key) || (parent !== undefined && PlaceId.read(api, parent) !== key.replace(/-\d+$/, ''))) return []
  try {
    return [toResource(api, await readIssue(api, key))]
  } catch (error) {
    if (error instanceof ProviderFailure && error.failure === 'not_found') return []
    throw error
  }
}

/** By key, and by words of the summary. */
async function search(api: Api, typed: string, { parent, cursor }: At): Promise<Page> {
  const query = bySummary(typed)
  const clause = parent === undefined ? null : clauseOf(PlaceId.read(api, parent))
  const [named, found] = await Promise.all([
    cursor === undefined ? byKey(api, typed, parent) : [],
    query === null ? { issues: [] } : findIssues(api, clause ? within(clause, query) : query, { count: 20, cursor }),
  ])
  const page = toPage(api, found)
  return { ...page, items: [...named, ...page.items.filter(({ id }) => !named.some((one) => one.id === id))] }
}

export const issues: Reader = {
  kind: 'issue',
  name: 'Issue',
  looks: 'ticket',
  list,
  search,
  read: async (api, id) => toResource(api, await readIssue(api, IssueId.read(api, id))),
  match: issueLink,
}
