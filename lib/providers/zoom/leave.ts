import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import { basicAuth } from '#lib/providers/basic-auth.ts'
import type { Ending } from '#lib/providers/define.ts'

/** What the token endpoint says, and how it refuses: `{"reason":"Invalid Token!","error":"invalid_grant"}`. */
const Answered = z.union([
  z.object({ status: z.literal('success') }),
  z.object({ error: z.string().nullish(), reason: z.string().nullish() }),
])
type Answered = z.infer<typeof Answered>

/** Whether the token is ended, now or before; what else is refused, such as our own secret, says nothing of it. */
const isOver = (answer: Answered): boolean =>
  'status' in answer ||
  answer.error === 'invalid_grant' ||
  answer.error === 'invalid_token' ||
  (answer.error !== 'invalid_client' && /\btoken\b/i.test(answer.reason ?? ''))

/**
 * Ends both tokens by the one that reads (developers.zoom.us/docs/integrations/oauth, revoking). One that Zoom does not know
 * any more has ended. A person has one authorization of Plugboard there: while another connection of ours is on it, nothing
 * is ended.
 */
export async function revoke({ api, grant, client, last }: Ending): Promise<'ended' | 'kept'> {
  if (!last) return 'kept'
  const answer = await api('/oauth/revoke', {
    method: 'POST',
    elsewhere: true,
    headers: { authorization: basicAuth(client) },
    form: { token: grant.token },
    accept: [400, 401, 404],
    schema: Answered,
  })
  if (!isOver(answer)) throw new ProviderFailure('unavailable', { detail: 'not confirmed' })
  return 'ended'
}
