import { createBoard } from '#lib/boards/create-board.ts'
import { listBoards } from '#lib/boards/queries.ts'
import { BoardList, BoardView, NewBoard } from '#lib/boards/schema.ts'
import { route } from '#lib/http/route.ts'
import { PageQuery } from '#lib/platform/schema.ts'
import { OrgParams } from '#lib/tenancy/schema.ts'

export const GET = route(
  {
    summary: 'The boards of the organization, last changed first',
    scope: 'boards:read',
    params: OrgParams,
    query: PageQuery,
    answer: BoardList,
  },
  ({ actor, query }) => listBoards(actor, query),
)

export const POST = route(
  { summary: 'Make a board', scope: 'boards:write', params: OrgParams, body: NewBoard, answer: BoardView, status: 201 },
  ({ actor, body }) => createBoard(actor, body.name),
)
