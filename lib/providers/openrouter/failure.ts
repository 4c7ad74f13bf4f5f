import { z } from 'zod'
import { inFuture, now } from '#lib/platform/clock.ts'
import { retryAfter } from '#lib/providers/api.ts'
import type { Answer, Failure, RateLimit } from '#lib/providers/define-api.ts'

const MAX_WAIT_MS = 3_600_000

// openrouter.ai/docs/api/reference/errors-and-debugging
export const Refusal = z.object({ error: z.object({ code: z.union([z.number(), z.string()]), message: z.string() }) })

/** What OpenRouter says went wrong; empty where it does not say. Read to tell cases apart, never shown. */
function wordsOf(body: string): string {
  try {
    return Refusal.safeParse(JSON.parse(body)).data?.error.message ?? ''
  } catch {
    return ''
  }
}

/** The limit of the free models, which stands on refusals alone; OpenRouter has no other. The reset is an epoch time. */
export function limit(headers: Headers): RateLimit | null {
  const [total, remaining, reset] = ['limit', 'remaining', 'reset'].map((part) => {
    const value = headers.get(`x-ratelimit-${part}`)
    return value !== null && /^\d{1,14}$/.test(value) ? Number(value) : null
  })
  if (total == null || remaining == null || reset == null) return null
  const resetsAt = new Date(reset > 100_000_000_000 ? reset : reset * 1000) // it has been milliseconds, and seconds
  return { limit: total, remaining, resetsAt, resource: 'free_models' }
}

function waitOf({ headers }: Answer): Failure {
  const told = retryAfter(headers)
  if (told) return { retryAt: told }
  const left = (limit(headers)?.resetsAt.getTime() ?? 0) - now().getTime()
  return left > 0 ? { retryAt: inFuture(Math.min(left, MAX_WAIT_MS)) } : 'rate_limited'
}

/**
 * What a refusal means. Out of credit is no dead key, and neither is any 403: one of them says that the key's own limit is
 * used up, the others that a prompt was blocked.
 */
export function failure(answer: Answer): Failure | null {
  const { status, body } = answer
  if (status === 402) return 'plan'
  if (status === 429) return waitOf(answer)
  if (status === 403) return /\bkey limit exceeded\b/i.test(wordsOf(body)) ? 'plan' : 'forbidden'
  if (status !== 400) return null
  const said = wordsOf(body)
  if (/not a valid model/i.test(said)) return 'not_found'
  return /maximum context length/i.test(said) ? { because: 'forbidden', detail: 'too_long' } : null
}
