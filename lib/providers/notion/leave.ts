import { z } from 'zod'
import type { Ending } from '#lib/providers/define.ts'

/**
 * Ends the connection's token (developers.notion.com/reference/revoke-token). Whoever connects the same workspace twice has
 * one connection there: while another of ours is on it, nothing is ended.
 */
export async function revoke({ api, grant, client, last }: Ending): Promise<'ended' | 'kept'> {
  if (!last) return 'kept'
  const pair = Buffer.from(`${client.id}:${client.secret ?? ''}`).toString('base64')
  await api('/oauth/revoke', {
    method: 'POST',
    headers: { authorization: `Basic ${pair}` },
    body: { token: grant.token },
    schema: z.unknown(),
  })
  return 'ended'
}
