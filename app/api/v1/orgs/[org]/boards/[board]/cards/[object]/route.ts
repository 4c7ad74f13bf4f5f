import { readCard } from '#lib/boards/read-cards.ts'
import { CardQuery, CardView, ObjectParams } from '#lib/boards/schema.ts'
import { route } from '#lib/http/route.ts'

export const GET = route(
  {
    summary: 'One card as the caller sees it',
    scope: 'boards:read',
    params: ObjectParams,
    query: CardQuery,
    answer: CardView,
  },
  ({ actor, params, query }) => readCard(actor, params.board, params.object, query.refresh === '1'),
)
