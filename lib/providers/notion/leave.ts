import { z } from 'zod'
import { basicAuth } from '#lib/providers/basic-auth.ts'
import type { Ending } from '#lib/providers/define.ts'

/**
 * Ends the connection's token (developers.notion.com/reference/revoke-token). Whoever connects the same workspace twice has
 * one connection there: while another of ours is on it, nothing is ended.
 */
export async function revoke({ api, grant, client, last }: Ending): Promise<'ended' | 'kept'> {
  if (!last) return 'kept'
  await api('/oauth/revoke', {
    method: 'POST',
    headers: { authorization: basicAuth(client) },
    body: { token: grant.token },
    schema: z.unknown(),
  })
  return 'ended'
}
