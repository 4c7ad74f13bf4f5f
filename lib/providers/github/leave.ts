import { z } from 'zod'
import { now } from '#lib/platform/clock.ts'
import { basicAuth } from '#lib/providers/basic-auth.ts'
import type { Ending } from '#lib/providers/define.ts'

/**
 * Ends what we hold (docs.github.com/rest/apps/oauth-applications). Removing the grant ends every token of this person
 * with us, so only the last connection does that; any other ends its own token. A living token that is not there any more
 * was ended by somebody else. Of one that has ended GitHub says the same, and the grant may live on: that confirms nothing.
 */
export async function revoke({ api, grant, client, last }: Ending): Promise<'ended'> {
  const hasEnded = grant.expiresAt !== undefined && grant.expiresAt <= now()
  await api(`/applications/${encodeURIComponent(client.id)}/${last ? 'grant' : 'token'}`, {
    method: 'DELETE',
    headers: { authorization: basicAuth(client) },
    body: { access_token: grant.token },
    schema: z.unknown(),
    accept: hasEnded ? [] : [404],
  })
  return 'ended'
}
