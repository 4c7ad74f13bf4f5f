import { cancelAttempt } from '#lib/attempts/cancel.ts'
import { findAttempt } from '#lib/attempts/queries.ts'
import { AttemptParams, AttemptView } from '#lib/attempts/schema.ts'
import { route } from '#lib/http/route.ts'

export const GET = route(
  { summary: 'How an attempt of the caller stands', scope: null, params: AttemptParams, answer: AttemptView },
  ({ actor, params }) => findAttempt(actor, params.attempt),
)

export const DELETE = route(
  {
    summary: 'Cancels an attempt; a callback that comes later is discarded',
    scope: null,
    params: AttemptParams,
    answer: AttemptView,
  },
  ({ actor, params }) => cancelAttempt(actor, params.attempt),
)
