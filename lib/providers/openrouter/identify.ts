import { createHash } from 'node:crypto'
import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Identity } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'

const Money = z.number().nullish().catch(null)
const Key = z.object({
  data: z.object({
    label: z.string(),
    creator_user_id: z.string().min(1).nullish(),
    limit: Money,
    limit_remaining: Money,
    is_free_tier: z.boolean().nullish(),
    is_management_key: z.boolean().nullish(),
    expires_at: z.string().nullish(),
  }),
})

/** What OpenRouter names a key by in its addresses: the SHA-256 of it, in hex (openrouter.ai/docs/api/api-reference/api-keys). */
const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex')

/** When a key ends; none for one that does not, or for a date that is none. */
function endOf(told: string | null | undefined): { expiresAt?: Date } {
  const expiresAt = new Date(told ?? Number.NaN)
  return Number.isNaN(expiresAt.getTime()) ? {} : { expiresAt }
}

/**
 * Whose key it is and what it may still spend (openrouter.ai/docs/api/api-reference/api-keys/get-current-key). There is no
 * name of a person in it. A key that manages other keys is refused: it answers no questions and could do much else.
 */
export async function identify(api: Api, grant: Grant): Promise<Identity> {
  const { data } = await api('/key', { schema: Key })
  if (data.is_management_key) throw new ProviderFailure('forbidden', { detail: 'management_key' })
  return {
    id: data.creator_user_id ?? hashOf(grant.token),
    label: data.label,
    ...endOf(data.expires_at),
    capabilities: {
      limit: data.limit ?? null,
      limitRemaining: data.limit_remaining ?? null,
      isFreeTier: data.is_free_tier === true,
    },
  }
}
