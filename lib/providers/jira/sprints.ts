import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { type Board, boardUrl, findBoard } from './boards.ts'
import { BoardId, SprintId } from './ids.ts'
import { isoDate } from './issue-shape.ts'

const MAX_PAGES = 20

const Sprint = z.object({
  id: z.number().int(),
  name: z.string(),
  state: z.string(),
  startDate: z.string().nullish(),
  endDate: z.string().nullish(),
  completeDate: z.string().nullish(),
  goal: z.string().nullish(),
})
type Sprint = z.infer<typeof Sprint>
const Sprints = z.object({ values: z.array(Sprint), isLast: z.boolean().optional() })
/** A board that has no sprints answers 400. */
const None = z.object({ errorMessages: z.unknown() }).transform(() => null)

function toResource(api: Api, board: Board, sprint: Sprint): Resource {
  const { id, name, state, goal } = sprint
  const [startsAt, endsAt] = [isoDate(sprint.startDate), isoDate(sprint.completeDate ?? sprint.endDate)]
  return {
    kind: 'sprint',
    id: SprintId.write(api, `${board.id}.${id}`),
    title: name,
    url: boardUrl(api, board),
    parent: BoardId.write(api, String(board.id)),
    container: board.name,
    excerpt: goal || state,
    body: { state, goal: goal ?? '', startsAt: startsAt ?? '', endsAt: endsAt ?? '' },
  }
}

type Found = { values: Sprint[]; nextCursor?: string }

const CLOSED = 'closed:'

/**
 * A page of a board's sprints: those under way and to come before those that are over. Jira has them the other way round
 * (developer.atlassian.com/cloud/jira/software/rest/api-group-board), so these are asked for by themselves.
 */
async function sprintsOf(api: Api, number: string, cursor = ''): Promise<Found> {
  const isClosed = cursor.startsWith(CLOSED)
  const place = isClosed ? cursor.slice(CLOSED.length) : cursor
  const startAt = /^\d{1,9}$/.test(place) ? Number(place) : 0
  const answer = await api(`/rest/agile/1.0/board/${number}/sprint`, {
    schema: z.union([Sprints, None]),
    query: { startAt, maxResults: 50, state: isClosed ? 'closed' : 'active,future' },
    accept: [400],
  })
  if (answer === null) return { values: [] }
  const { values, isLast } = answer
  if (isLast === false && values.length > 0)
    return { values, nextCursor: `${isClosed ? CLOSED : ''}${startAt + values.length}` }
  if (isClosed) return { values }
  return values.length > 0 ? { values, nextCursor: `${CLOSED}0` } : sprintsOf(api, number, `${CLOSED}0`)
}

async function list(api: Api, { parent, cursor }: { parent?: string; cursor?: string }): Promise<Page> {
  if (parent === undefined) return { items: [] }
  const number = BoardId.read(api, parent)
  const [board, { values, nextCursor }] = await Promise.all([findBoard(api, number), sprintsOf(api, number, cursor)])
  return { items: values.map((sprint) => toResource(api, board, sprint)), ...(nextCursor ? { nextCursor } : {}) }
}

async function findSprint(api: Api, number: string, wanted = ''): Promise<Sprint> {
  let cursor: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const { values, nextCursor } = await sprintsOf(api, number, cursor)
    const sprint = values.find((one) => String(one.id) === wanted)
    if (sprint) return sprint
    if (!nextCursor) break
    cursor = nextCursor
  }
  throw new ProviderFailure('not_found')
}

async function read(api: Api, id: string): Promise<Resource> {
  const [number = '', wanted] = SprintId.read(api, id).split('.')
  const [board, sprint] = await Promise.all([findBoard(api, number), findSprint(api, number, wanted)])
  return toResource(api, board, sprint)
}

export const sprints: Reader = { kind: 'sprint', name: 'Sprint', children: ['issue'], list, read }
