import { inFuture, now } from '#lib/platform/clock.ts'
import { retryAfter } from './api.ts'
import type { Answer, Failure, RateLimit } from './define-api.ts'

const MAX_WAIT_MS = 3_600_000
const UNTOLD_WAIT_MS = 60_000

/** When the window ends by an ISO 8601 date, as far as it makes sense to wait for it. */
function resetIn(headers: Headers): Date | null {
  const left = Date.parse(headers.get('x-ratelimit-reset') ?? '') - now().getTime()
  return Number.isFinite(left) ? inFuture(Math.min(Math.max(left, 1000), MAX_WAIT_MS)) : null
}

const whole = (text: string | null | undefined): number | null =>
  text != null && /^\d{1,12}$/.test(text) ? Number(text) : null

/** A parameter of a structured field: `"global-app-quota";r=11000;t=600`. */
const parameter = (field: string | null, name: string): number | null =>
  whole(new RegExp(`;\\s*${name}=(\\d+)`).exec(field ?? '')?.[1])

/**
 * What an answer says of the points that are left: in its structured fields, where it has them, else in the older ones, whose
 * reset stands on refusals alone (developer.atlassian.com/cloud/jira/platform/rate-limiting).
 */
export function atlassianLimit(headers: Headers): RateLimit | null {
  const [policy, state] = [headers.get('ratelimit-policy'), headers.get('ratelimit')]
  const [quota, left, seconds] = [parameter(policy, 'q'), parameter(state, 'r'), parameter(state, 't')]
  if (quota !== null && left !== null && seconds !== null)
    return { limit: quota, remaining: left, resetsAt: inFuture(seconds * 1000) }
  const [total, remaining] = ['limit', 'remaining'].map((name) => whole(headers.get(`x-ratelimit-${name}`)))
  const resetsAt = Date.parse(headers.get('x-ratelimit-reset') ?? '')
  if (total == null || remaining == null || !Number.isFinite(resetsAt)) return null
  return { limit: total, remaining, resetsAt: new Date(resetsAt) }
}

// The gateway says so in a header and in words; it has no status of its own for it.
const lacksScope = ({ headers, body }: Answer): boolean =>
  /SCOPE/i.test(headers.get('x-failure-category') ?? '') || /scope does not match/i.test(body)

/**
 * What an answer means where its status alone does not say it. A 401 is told for a missing permission too, which no renewal of
 * the token mends, and for a sign-in that has to pass a CAPTCHA first; what was taken away for good is a mistake of ours.
 */
export function atlassianFailure(answer: Answer): Failure | null {
  const { status, headers } = answer
  if (status === 429) return { retryAt: retryAfter(headers) ?? resetIn(headers) ?? inFuture(UNTOLD_WAIT_MS) }
  if (status === 410) return 'unavailable'
  if (status !== 401) return null
  if (headers.get('x-seraph-loginreason')?.includes('AUTHENTICATION_DENIED'))
    return { because: 'setup', detail: 'captcha' }
  return lacksScope(answer) ? 'scope' : null
}
