import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import { basicAuth } from '#lib/providers/basic-auth.ts'
import type { Ending } from '#lib/providers/define.ts'

/**
 * What Zoom says, if anything: `{"reason":"Invalid Token!","error":"invalid_grant"}`, as its API
 * `{"code":124,"message":"Invalid access token."}`, or nothing at all. The page of a proxy is none of it.
 */
const Answered = z
  .object({ error: z.string().nullish(), reason: z.string().nullish(), message: z.string().nullish() })
  .nullable()
type Answered = z.infer<typeof Answered>

/** Whether it is the app or what it sent that was refused (RFC 6749 section 5.2): of the token that says nothing. */
const isOurs = (answer: Answered): boolean =>
  /client|invalid_request|unsupported/.test(answer?.error ?? '') ||
  /\b(?:client|secret)/i.test(`${answer?.reason ?? ''} ${answer?.message ?? ''}`)

/**
 * Ends both tokens by the one that reads (developers.zoom.us/docs/integrations/oauth, revoking). One that Zoom refuses
 * has ended before. A person has one authorization of Plugboard there: while another connection of ours is on it, nothing
 * is ended.
 */
export async function revoke({ api, grant, client, last }: Ending): Promise<'ended' | 'kept'> {
  if (!last) return 'kept'
  const answer = await api('/oauth/revoke', {
    method: 'POST',
    elsewhere: true,
    headers: { authorization: basicAuth(client) },
    form: { token: grant.token },
    accept: [400, 401, 403, 404, 410],
    schema: Answered,
  })
  if (isOurs(answer)) throw new ProviderFailure('unavailable', { detail: 'not confirmed' })
  return 'ended'
}
