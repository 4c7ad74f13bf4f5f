import { deleteBoard } from '#lib/boards/delete-board.ts'
import { readBoard } from '#lib/boards/queries.ts'
import { renameBoard } from '#lib/boards/rename-board.ts'
import { BoardParams, BoardView, NewBoard } from '#lib/boards/schema.ts'
import { route } from '#lib/http/route.ts'

export const GET = route(
  { summary: 'A board with everything on it', scope: 'boards:read', params: BoardParams, answer: BoardView },
  ({ actor, params }) => readBoard(actor, params.board),
)

export const PATCH = route(
  { summary: 'Rename a board', scope: 'boards:write', params: BoardParams, body: NewBoard, answer: BoardView },
  ({ actor, params, body }) => renameBoard(actor, params.board, body.name),
)

export const DELETE = route(
  { summary: 'Delete a board and what stands on it', scope: 'boards:write', params: BoardParams, status: 204 },
  ({ actor, params }) => deleteBoard(actor, params.board),
)
