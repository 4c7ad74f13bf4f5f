import { readCards } from '#lib/boards/read-cards.ts'
import { BoardParams, CardList, CardsQuery } from '#lib/boards/schema.ts'
import { route } from '#lib/http/route.ts'

export const GET = route(
  {
    summary: 'The cards of a board as the caller sees them',
    scope: 'boards:read',
    params: BoardParams,
    query: CardsQuery,
    answer: CardList,
  },
  async ({ actor, params, query }) => ({
    items: await readCards(actor, params.board, { objectIds: query.objects }),
    nextCursor: null,
  }),
)
