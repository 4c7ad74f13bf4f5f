import { changeObject } from '#lib/boards/change-object.ts'
import { removeObject } from '#lib/boards/remove-object.ts'
import { ObjectParams, ObjectPatch, ObjectView, RemovedView } from '#lib/boards/schema.ts'
import { route } from '#lib/http/route.ts'

export const PATCH = route(
  {
    summary: 'Change an object of a board, or move it',
    scope: 'boards:write',
    params: ObjectParams,
    body: ObjectPatch,
    answer: ObjectView,
  },
  ({ actor, params, body }) => changeObject(actor, params.board, params.object, body),
)

export const DELETE = route(
  {
    summary: 'Take an object off a board; `undo` puts it back',
    scope: 'boards:write',
    params: ObjectParams,
    answer: RemovedView,
  },
  ({ actor, params }) => removeObject(actor, params.board, params.object),
)
