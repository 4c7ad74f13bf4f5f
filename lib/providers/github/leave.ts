import { z } from 'zod'
import type { Ending } from '#lib/providers/define.ts'

/**
 * Ends what we hold (docs.github.com/rest/apps/oauth-applications). Removing the grant ends every token of this person
 * with us, so only the last connection does that; any other ends its own token. Gone already is as good.
 */
export async function revoke({ api, grant, client, last }: Ending): Promise<void> {
  const pair = Buffer.from(`${client.id}:${client.secret ?? ''}`).toString('base64')
  await api(`/applications/${encodeURIComponent(client.id)}/${last ? 'grant' : 'token'}`, {
    method: 'DELETE',
    headers: { authorization: `Basic ${pair}` },
    body: { access_token: grant.token },
    schema: z.unknown(),
    accept: [404, 422],
  })
}
