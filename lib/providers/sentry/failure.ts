import { z } from 'zod'
import { inFuture, now } from '#lib/platform/clock.ts'
import { retryAfter } from '#lib/providers/api.ts'
import type { Answer, Failure, RateLimit } from '#lib/providers/define-api.ts'

const MAX_WAIT_MS = 3_600_000
const UNTOLD_WAIT_MS = 60_000
/** Calls at the same time are over when one of them is: that takes no longer than a slow answer. */
const CONCURRENCY_WAIT_MS = 2_000

const whole = (headers: Headers, name: string): number | null => {
  const value = headers.get(`x-sentry-rate-limit-${name}`)
  return value !== null && /^\d{1,12}$/.test(value) ? Number(value) : null
}

/** What the headers of every answer say; the reset is in epoch seconds (docs.sentry.io/api/ratelimits). */
export function limit(headers: Headers): RateLimit | null {
  const [total, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => whole(headers, name))
  if (total == null || remaining == null || reset == null) return null
  return { limit: total, remaining, resetsAt: new Date(reset * 1000) }
}

const names = new Set(['projects', 'issues', 'events', 'shortids'])

/** Each endpoint is counted on its own, whatever it is asked about: `/issues/1/events/` and `/issues/2/events/` are one. */
export const budget = (path: string): string =>
  path
    .split('/')
    .map((segment) => (segment === '' || names.has(segment) ? segment : '*'))
    .join('/')

/** When to come back: what is told, the end of the window, or a moment where too much ran at once. */
function waitUntil(headers: Headers): Date {
  const told = retryAfter(headers)
  if (told) return told
  if (whole(headers, 'remaining') === 0) {
    const left = (limit(headers)?.resetsAt.getTime() ?? 0) - now().getTime()
    return inFuture(Math.min(Math.max(left, 1000), MAX_WAIT_MS))
  }
  return inFuture(whole(headers, 'concurrentremaining') === 0 ? CONCURRENCY_WAIT_MS : UNTOLD_WAIT_MS)
}

/** `detail` is a sentence, or an object with a code. */
const Coded = z.object({ detail: z.object({ code: z.string() }) })

function codeIn(body: string): string {
  try {
    return Coded.safeParse(JSON.parse(body)).data?.detail.code ?? ''
  } catch {
    return ''
  }
}

/** What an answer means where its status alone does not say it. A 403 is a permission that the token lacks, here or at all. */
export function failure({ status, headers, body }: Answer): Failure | null {
  if (status === 429) return { retryAt: waitUntil(headers) }
  if (status !== 401 && status !== 403) return null
  if (codeIn(body) === 'sso-required') return { because: 'setup', detail: 'sso' }
  return status === 403 ? 'scope' : null
}
