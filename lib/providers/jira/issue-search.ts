import { readQuery, within, writeQuery } from '#lib/providers/atlassian-query.ts'
import { siteUrl } from '#lib/providers/atlassian-site.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { findBoard } from './boards.ts'
import { countIssues, type Found, findIssues } from './find-issues.ts'
import { PlaceId, SearchId } from './ids.ts'
import { toHit, toResource } from './issue-shape.ts'
import { ofProject, ofSprint, toQuery } from './jql.ts'
import { searchLink } from './links.ts'

const SHOWN = 5

/** The query among what somebody is in: a project, a sprint, the project of a board. */
async function narrowed(api: Api, query: string, parent: string | undefined): Promise<string> {
  if (parent === undefined) return query
  const place = PlaceId.read(api, parent)
  const [board = '', sprint] = place.split('.')
  if (sprint !== undefined) return within(ofSprint(sprint), query)
  const key = /^\d/.test(board) ? (await findBoard(api, board)).location?.projectKey : board
  return key ? within(ofProject(key), query) : query
}

type Counted = Found & { total?: number }

/** A query as a thing that can stand on a board: how many it finds, and the first of them. */
function toList(api: Api, query: string, { issues, refused, total }: Counted): Resource {
  return {
    kind: 'issue_search',
    id: SearchId.write(api, writeQuery(query)),
    title: query,
    url: `${siteUrl(api.config)}/issues/?${new URLSearchParams({ jql: query })}`,
    body: {
      query,
      ...(total === undefined ? {} : { total }),
      ...(refused === undefined ? {} : { refused }),
      hits: issues.slice(0, SHOWN).map((issue) => toHit(api, issue)),
    },
  }
}

/** What a query finds; one that Jira refuses finds nothing, and is told in Jira's own words. */
async function search(api: Api, typed: string, at: { parent?: string; cursor?: string }): Promise<Page> {
  const query = await narrowed(api, toQuery(typed), at.parent)
  const found = await findIssues(api, query, { count: 20, cursor: at.cursor })
  if (found.refused !== undefined) return { items: [], message: found.refused }
  const itself = at.cursor === undefined ? [toList(api, query, found)] : []
  return {
    items: [...itself, ...found.issues.map((issue) => toResource(api, issue))],
    ...(found.nextCursor ? { nextCursor: found.nextCursor } : {}),
  }
}

async function read(api: Api, id: string): Promise<Resource> {
  const query = readQuery(SearchId.read(api, id))
  const found = await findIssues(api, query, { count: SHOWN })
  if (found.refused !== undefined) return toList(api, query, found)
  return toList(api, query, { ...found, total: await countIssues(api, query) })
}

export const issueSearch: Reader = {
  kind: 'issue_search',
  name: 'JQL search',
  looks: 'found',
  search,
  searchOnDemand: true,
  read,
  match: searchLink,
}
