import { z } from 'zod'
import type { Answer, Failure } from '#lib/providers/define-api.ts'

const Refused = z.object({ ok: z.literal(false), error: z.string(), needed: z.string().optional().catch(undefined) })

// docs.slack.dev/reference/methods, the error tables. What is not here passes or is our own mistake: unavailable.
const meanings = new Map<string, Failure>([
  ['token_expired', 'expired'],
  ['token_revoked', 'revoked'],
  ['account_inactive', 'revoked'],
  ['invalid_auth', 'revoked'],
  ['no_permission', 'forbidden'],
  ['access_denied', 'forbidden'],
  ['not_in_channel', { because: 'setup', detail: 'invite' }],
  ['is_archived', { because: 'setup', detail: 'archived' }],
  ['channel_not_found', 'not_found'],
  ['message_not_found', 'not_found'],
  ['thread_not_found', 'not_found'],
  ['user_not_found', 'not_found'],
  ['user_not_visible', 'not_found'],
  ['method_not_supported_for_channel_type', 'not_found'],
  ['ratelimited', 'rate_limited'],
])

/** Only what looks like names of permissions is taken from Slack's text. */
const lackingScope = (needed = ''): Failure =>
  /^[a-z_.:]+(?:, ?[a-z_.:]+)*$/.test(needed) ? { because: 'scope', detail: needed } : 'scope'

/** The answer's body as a refusal; null when it is none. Slack answers 200 to nearly everything (docs.slack.dev/apis/web-api). */
function refusalIn(body: string): z.infer<typeof Refused> | null {
  try {
    return Refused.safeParse(JSON.parse(body)).data ?? null
  } catch {
    return null
  }
}

/** What an answer with `ok: false` means; any other status than 200 tells the truth. */
export function failure({ status, body }: Answer): Failure | null {
  if (status !== 200) return null
  const refusal = refusalIn(body)
  if (!refusal) return null
  if (refusal.error === 'missing_scope') return lackingScope(refusal.needed)
  return meanings.get(refusal.error) ?? 'unavailable'
}

/** Each method has a budget of its own in a workspace (docs.slack.dev/apis/web-api/rate-limits). */
export const budget = (path: string): string => /^\/([\w.]+)/.exec(path)?.[1] ?? ''
