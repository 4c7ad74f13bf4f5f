import { z } from 'zod'
import { addObject } from '#lib/boards/add-object.ts'
import { restoreObject } from '#lib/boards/restore-object.ts'
import { BoardParams, NewObject, ObjectView, RemovedObject } from '#lib/boards/schema.ts'
import { route } from '#lib/http/route.ts'

export const POST = route(
  {
    summary: 'Put a note, section, reference or connector on a board, or what was removed back',
    problems: [
      'already-exists',
      'conflict',
      'link-not-recognized',
      'not-on-boards',
      'not-connected',
      'provider-refused',
      'provider-unavailable',
      'provider-rate-limited',
    ],
    scope: 'boards:write',
    params: BoardParams,
    body: z.union([NewObject, RemovedObject]),
    answer: ObjectView,
    status: 201,
  },
  ({ actor, params, body }) =>
    body.type === 'removed' ? restoreObject(actor, params.board, body.undo) : addObject(actor, params.board, body),
)
