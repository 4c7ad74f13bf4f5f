import { addObject } from '#lib/boards/add-object.ts'
import { BoardParams, NewObject, ObjectView } from '#lib/boards/schema.ts'
import { route } from '#lib/http/route.ts'

export const POST = route(
  {
    summary: 'Put a note, section, reference or connector on a board',
    params: BoardParams,
    body: NewObject,
    answer: ObjectView,
    status: 201,
  },
  ({ actor, params, body }) => addObject(actor, params.board, body),
)
