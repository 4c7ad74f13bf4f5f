import { z } from 'zod'
import { siteUrl } from '#lib/providers/atlassian-site.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api, Query } from '#lib/providers/define-api.ts'
import { BoardId, ProjectId } from './ids.ts'
import { boardLink } from './links.ts'
import { readPage } from './paging.ts'

/** What is read of a board (developer.atlassian.com/cloud/jira/software/rest/api-group-board); not each is in a project. */
const Board = z.object({
  id: z.number().int(),
  name: z.string(),
  type: z.string().nullish(),
  isPrivate: z.boolean().nullish(),
  location: z
    .object({ projectKey: z.string().nullish(), projectName: z.string().nullish(), displayName: z.string().nullish() })
    .nullish()
    .catch(null),
})
export type Board = z.infer<typeof Board>

const words: Record<string, string> = { scrum: 'Scrum', kanban: 'Kanban', simple: 'Team-managed' }

/** Where a board is; one without a project has its older address only. */
export function boardUrl(api: Api, { id, location }: Board): string {
  const project = location?.projectKey
  const home = siteUrl(api.config)
  if (!project) return `${home}/secure/RapidBoard.jspa?rapidView=${id}`
  return `${home}/jira/software/projects/${encodeURIComponent(project)}/boards/${id}`
}

function toResource(api: Api, board: Board): Resource {
  const { id, name, type, location, isPrivate } = board
  const container = location?.projectName ?? location?.displayName ?? undefined
  return {
    kind: 'board',
    id: BoardId.write(api, String(id)),
    title: name,
    url: boardUrl(api, board),
    ...(container ? { container } : {}),
    ...(isPrivate ? { isPrivate } : {}),
    body: { type: words[type ?? ''] ?? type ?? '', key: location?.projectKey ?? '' },
  }
}

async function page(api: Api, query: Query, cursor?: string): Promise<Page> {
  const { values, nextCursor } = await readPage(api, '/rest/agile/1.0/board', { item: Board, query, cursor })
  return { items: values.map((board) => toResource(api, board)), ...(nextCursor ? { nextCursor } : {}) }
}

const inProject = (api: Api, parent: string | undefined): Query =>
  parent === undefined ? {} : { projectKeyOrId: ProjectId.read(api, parent) }

/** One board by its number. */
export const findBoard = (api: Api, number: string): Promise<Board> =>
  api(`/rest/agile/1.0/board/${number}`, { schema: Board })

export const boards: Reader = {
  kind: 'board',
  name: 'Board',
  children: ['issue', 'sprint'],
  list: (api, { parent, cursor }) => page(api, inProject(api, parent), cursor),
  search: (api, name, { parent, cursor }) => page(api, { name, ...inProject(api, parent) }, cursor),
  read: async (api, id) => toResource(api, await findBoard(api, BoardId.read(api, id))),
  match: boardLink,
}
