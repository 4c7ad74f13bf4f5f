import { acceptNotice } from '#lib/answers/accept-notice.ts'
import { AskView } from '#lib/answers/schema.ts'
import { BoardParams } from '#lib/boards/schema.ts'
import { route } from '#lib/http/route.ts'

export const POST = route(
  {
    summary: 'Note that the caller has read what asking a board sends away',
    scope: null,
    params: BoardParams,
    answer: AskView,
  },
  async ({ actor, params }) => acceptNotice(actor, params.board),
)
