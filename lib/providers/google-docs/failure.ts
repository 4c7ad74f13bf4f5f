import { z } from 'zod'
import { inFuture } from '#lib/platform/clock.ts'
import { retryAfter } from '#lib/providers/api.ts'
import type { Answer, Failure } from '#lib/providers/define-api.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

// Drive tells reasons in `errors`, everything newer in `details` (developers.google.com/workspace/drive/api/guides/handle-errors).
const Reason = z.object({ reason: z.string() })
const Refusal = z.object({
  error: z.object({
    errors: z.array(z.unknown()).optional().catch(undefined),
    details: z.array(z.unknown()).optional().catch(undefined),
  }),
})

function reasonsIn(body: string): string[] {
  try {
    const { errors = [], details = [] } = Refusal.parse(JSON.parse(body)).error
    return [...errors, ...details].flatMap((one) => Reason.safeParse(one).data?.reason ?? [])
  } catch {
    return []
  }
}

const inAWhile = (headers: Headers, ms = MINUTE_MS): Failure => ({ retryAt: retryAfter(headers) ?? inFuture(ms) })

/** What a reason means; what is not here is told by the status. Quotas are counted by the minute, one by the day. */
const meanings = new Map<string, (headers: Headers) => Failure>([
  ['rateLimitExceeded', inAWhile],
  ['userRateLimitExceeded', inAWhile],
  ['sharingRateLimitExceeded', inAWhile],
  ['RATE_LIMIT_EXCEEDED', inAWhile],
  ['dailyLimitExceeded', (headers) => inAWhile(headers, HOUR_MS)],
  ['insufficientPermissions', () => 'scope'],
  ['ACCESS_TOKEN_SCOPE_INSUFFICIENT', () => 'scope'],
  ['accessNotConfigured', () => ({ because: 'setup', detail: 'api_off' })],
  ['SERVICE_DISABLED', () => ({ because: 'setup', detail: 'api_off' })],
  ['domainPolicy', () => ({ because: 'setup', detail: 'domain_policy' })],
  // Which files are not ours to know of is told like what is not there.
  ['insufficientFilePermissions', () => 'not_found'],
  ['appNotAuthorizedToFile', () => 'not_found'],
])

/** What a 403 or 429 means: a limit, a permission and a switch that is off all come as 403. Any other status tells the truth. */
export function failure({ status, headers, body }: Answer): Failure | null {
  if (status === 429) return inAWhile(headers)
  if (status !== 403) return null
  for (const reason of reasonsIn(body)) {
    const meaning = meanings.get(reason)
    if (meaning) return meaning(headers)
  }
  return /\berror="?insufficient_scope/.test(headers.get('www-authenticate') ?? '') ? 'scope' : null
}

/** Drive and Docs are counted apart (developers.google.com/workspace/docs/api/limits). */
export const budget = (path: string): string => (path.startsWith('/v1/documents/') ? 'docs' : 'drive')
