import { errorInfo, type Refusal, refusal } from './access.ts'
import { type Api, PROJECT_NUMBER, type State, type Used } from './state.ts'

const WINDOW_MS = 60_000
const ANSWERS = {
  user: { code: 403, reason: 'userRateLimitExceeded', message: 'User Rate Limit Exceeded' },
  rate: { code: 403, reason: 'rateLimitExceeded', message: 'Rate Limit Exceeded' },
  daily: { code: 403, reason: 'dailyLimitExceeded', message: 'Daily Limit Exceeded' },
  '429': { code: 429, reason: 'rateLimitExceeded', message: 'Rate Limit Exceeded' },
} as const

function windowOf(state: State, key: string): Used {
  const now = state.world.clock.now()
  const current = state.used.get(key)
  if (current && current.resetAt > now) return current
  const fresh = { used: 0, resetAt: now + WINDOW_MS }
  state.used.set(key, fresh)
  return fresh
}

/** Counts one request of a person to an API; refuses it when nothing is left this minute. */
export function count(state: State, api: Api, account: string): void {
  const { limits } = state.settings
  const own = windowOf(state, `${api} ${account}`)
  const all = windowOf(state, `${api} *`)
  own.used += 1
  all.used += 1
  if (own.used > limits[api] || all.used > (api === 'docs' ? limits.docsProject : limits.drive))
    throw limited(state, api)
}

/** Sets what is left of a person's minute. */
export function setRemaining(state: State, api: Api, account: string, remaining: number): void {
  windowOf(state, `${api} ${account}`).used = state.settings.limits[api] - remaining
}

// Drive and Docs say no wait, unless control tells one (developers.google.com/workspace/drive/api/guides/limits).
function limited({ settings }: State, api: Api): Refusal {
  const { limitAnswer, retryAfterSeconds } = settings
  const headers: Record<string, string> = retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) }
  if (api === 'docs') {
    const metadata = {
      service: 'docs.googleapis.com',
      quota_limit: 'ReadRequestsPerMinutePerUser',
      consumer: `projects/${PROJECT_NUMBER}`,
    }
    const message = `Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service 'docs.googleapis.com' for consumer 'project_number:${PROJECT_NUMBER}'.`
    return refusal(
      api,
      429,
      message,
      { reason: '' },
      { details: [errorInfo('RATE_LIMIT_EXCEEDED', metadata)] },
      headers,
    )
  }
  const { code, reason, message } = ANSWERS[limitAnswer]
  return refusal(api, code, message, { reason, domain: 'usageLimits' }, {}, headers)
}
