import { inFuture, now } from '#lib/platform/clock.ts'
import { retryAfter } from '#lib/providers/api.ts'
import type { Answer, Failure, RateLimit } from '#lib/providers/define-api.ts'

const MINUTE_MS = 60_000
const MAX_WAIT_MS = 3_600_000
const LOGIN_THROTTLE_MS = 15 * MINUTE_MS

const listOf = (value: string | null): string[] =>
  (value ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)

const whole = (headers: Headers, name: string): number | null => {
  const value = headers.get(name)
  return value !== null && /^\d{1,12}$/.test(value) ? Number(value) : null
}

/** What the x-ratelimit headers say; the reset is in epoch seconds (docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api). */
export function limit(headers: Headers): RateLimit | null {
  const [total, remaining, reset] = ['limit', 'remaining', 'reset'].map((part) => whole(headers, `x-ratelimit-${part}`))
  if (total == null || remaining == null || reset == null) return null
  const resource = headers.get('x-ratelimit-resource') ?? 'core'
  const side = resource === 'core' ? {} : { resource }
  return { limit: total, remaining, resetsAt: new Date(reset * 1000), ...side }
}

/** Searches have budgets of their own, code search a small one (docs.github.com/rest/search/search). */
export function budget(path: string): string {
  if (path.startsWith('/search/code')) return 'code_search'
  return path.startsWith('/search/') ? 'search' : 'core'
}

/** Until when GitHub asks to wait, by its own order: retry-after, then the reset, then a minute. Null when it does not. */
function waitUntil({ status, headers, body }: Answer): Date | null {
  const told = retryAfter(headers)
  if (told) return told
  if (headers.get('x-ratelimit-remaining') === '0') {
    const left = (limit(headers)?.resetsAt.getTime() ?? 0) - now().getTime()
    return inFuture(Math.min(Math.max(left, 1000), MAX_WAIT_MS))
  }
  if (status === 429 || /secondary rate limit|abuse detection/i.test(body)) return inFuture(MINUTE_MS)
  // After many bad tokens GitHub refuses the good ones too for a while; each further call prolongs it.
  return /maximum number of login attempts/i.test(body) ? inFuture(LOGIN_THROTTLE_MS) : null
}

/** Whether GitHub names scopes that would do, and the token has none of them. */
function lacksScope(headers: Headers): boolean {
  const accepted = listOf(headers.get('x-accepted-oauth-scopes'))
  const granted = listOf(headers.get('x-oauth-scopes'))
  return headers.has('x-oauth-scopes') && accepted.length > 0 && !accepted.some((scope) => granted.includes(scope))
}

/** The login of the organization that refuses; only what looks like one is taken from GitHub's text. */
function organizationIn(text: string, pattern: RegExp): { organization?: string } {
  const login = pattern.exec(text)?.[1]
  return login ? { organization: login } : {}
}

/** What a 403 or 429 means: GitHub says seven things with them. Any other status tells the truth. */
export function failure(answer: Answer): Failure | null {
  if (answer.status !== 403 && answer.status !== 429) return null
  const until = waitUntil(answer)
  if (until) return { retryAt: until }
  const sso = answer.headers.get('x-github-sso')
  if (sso !== null)
    return { because: 'setup', detail: 'sso', ...organizationIn(sso, /\/orgs\/([a-z\d-]{1,39})\/sso\b/i) }
  if (/OAuth App access restrictions/i.test(answer.body))
    return {
      because: 'setup',
      detail: 'org_restricted',
      ...organizationIn(answer.body, /`([a-z\d-]{1,39})` organization/i),
    }
  if (/IP allow list/i.test(answer.body)) return { because: 'setup', detail: 'ip_allow_list' }
  const isBeyond = /Resource not accessible by (?:personal access token|integration)/i.test(answer.body)
  return isBeyond || lacksScope(answer.headers) ? 'scope' : null
}
