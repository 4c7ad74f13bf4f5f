import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Ending } from '#lib/providers/define.ts'

const Answered = z
  .object({ error: z.string().optional().catch(undefined) })
  .nullish()
  .catch(null)

/**
 * Ends both tokens by the one that reads (developers.zoom.us/docs/integrations/oauth, revoking). One that Zoom does not know
 * any more has ended. A person has one authorization of Plugboard there: while another connection of ours is on it, nothing
 * is ended.
 */
export async function revoke({ api, grant, client, last }: Ending): Promise<'ended' | 'kept'> {
  if (!last) return 'kept'
  const pair = Buffer.from(`${client.id}:${client.secret ?? ''}`).toString('base64')
  const answer = await api('/oauth/revoke', {
    method: 'POST',
    elsewhere: true,
    headers: { authorization: `Basic ${pair}` },
    form: { token: grant.token },
    accept: [400, 401, 404],
    schema: Answered,
  })
  if (answer?.error === 'invalid_client') throw new ProviderFailure('unavailable', { detail: 'client refused' })
  return 'ended'
}
