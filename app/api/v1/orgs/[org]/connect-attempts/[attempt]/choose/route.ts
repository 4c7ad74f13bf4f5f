import { z } from 'zod'
import { chooseAccount } from '#lib/attempts/choose-account.ts'
import { AttemptParams, AttemptView } from '#lib/attempts/schema.ts'
import { route } from '#lib/http/route.ts'

export const POST = route(
  {
    summary: 'Answers the question an attempt waits with',
    problems: ['connect-attempt-ended', 'conflict'],
    scope: null,
    params: AttemptParams,
    body: z.object({
      choice: z
        .string()
        .max(200)
        .meta({ examples: ['keep'] }),
    }),
    answer: AttemptView,
  },
  ({ actor, params, body }) => chooseAccount(actor, params.attempt, body.choice),
)
