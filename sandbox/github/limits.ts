import { type Caller, Refusal } from './access.ts'
import type { State, Used } from './state.ts'

export type Resource = 'core' | 'search' | 'code_search'

// docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
const LIMITS = { core: [5000, 3600], search: [30, 60], code_search: [10, 60] } as const
const ANONYMOUS = { core: 60, search: 10, code_search: 10 }
const FAILED_LOGIN_WINDOW_MS = 300_000

const limitOf = (caller: Caller, resource: Resource): number =>
  caller.account ? LIMITS[resource][0] : ANONYMOUS[resource]
const key = (caller: Caller, resource: Resource): string => `${caller.account?.login ?? 'anonymous'} ${resource}`

/** What a person used of a limit in the running window. All of a person's tokens and apps share it. */
function window(state: State, caller: Caller, resource: Resource): Used {
  const now = state.world.clock.now()
  const current = state.used.get(key(caller, resource))
  if (current && current.resetAt > now) return current
  const fresh = { used: 0, resetAt: (Math.floor(now / 1000) + LIMITS[resource][1]) * 1000 }
  state.used.set(key(caller, resource), fresh)
  return fresh
}

/** Sets what is left of a person's limit. */
export function setRemaining(state: State, caller: Caller, resource: Resource, remaining: number): void {
  window(state, caller, resource).used = limitOf(caller, resource) - remaining
}

/** Counts one request; refuses it when nothing is left. */
export function count(state: State, caller: Caller, resource: Resource): void {
  const current = window(state, caller, resource)
  if (current.used >= limitOf(caller, resource)) {
    throw new Refusal(
      403,
      `API rate limit exceeded for ${caller.account ? `user ID ${caller.account.id}` : '127.0.0.1'}.`,
    )
  }
  current.used += 1
}

/** The x-ratelimit headers; `reset` is in epoch seconds. */
export function limitHeaders(state: State, caller: Caller, resource: Resource): Record<string, string> {
  const { limit, remaining, used, reset } = limitState(state, caller, resource)
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-used': String(used),
    'x-ratelimit-reset': String(reset),
    'x-ratelimit-resource': resource,
  }
}

/** One resource as GET /rate_limit shows it. */
export function limitState(state: State, caller: Caller, resource: Resource) {
  const { used, resetAt } = window(state, caller, resource)
  const limit = limitOf(caller, resource)
  return { limit, used, remaining: Math.max(0, limit - used), reset: Math.floor(resetAt / 1000) }
}

/** Refuses everybody, valid tokens too, for a while after many failed logins. */
export function refuseWhenThrottled(state: State): void {
  const { failedLogins, settings, world } = state
  if (world.clock.now() - failedLogins.since > FAILED_LOGIN_WINDOW_MS) {
    failedLogins.count = 0
    failedLogins.since = world.clock.now()
  }
  if (failedLogins.count >= settings.failedLoginLimit)
    throw new Refusal(403, 'Maximum number of login attempts exceeded. Please try again later.')
}

/** Counts a request with a token that does not work. */
export function countFailedLogin(state: State): void {
  state.failedLogins.count += 1
}
