import { type Answer, json } from '#sandbox/http.ts'
import type { State, Window } from './state.ts'

// docs.sentry.io/api/ratelimits: a fixed window and a concurrency limit, per caller and endpoint.
function windowOf(state: State, key: string): Window {
  const now = state.world.clock.now()
  const current = state.windows.get(key)
  if (current && current.resetAt > now) return current
  const { limit, windowSeconds } = state.settings.rateLimit
  const budget = state.budget && state.budget.until > now ? state.budget : null
  const fresh = budget
    ? { used: limit - budget.remaining, resetAt: budget.until }
    : { used: 0, resetAt: now + windowSeconds * 1000 }
  state.windows.set(key, fresh)
  return fresh
}

/** Leaves this many requests of every endpoint to everybody until their windows end. */
export function setRemaining(state: State, remaining: number): void {
  state.windows.clear()
  state.budget = { remaining, until: state.world.clock.now() + state.settings.rateLimit.windowSeconds * 1000 }
}

/** Counts a request and answers it, unless the caller has asked too often or too much at once. */
export async function limited(state: State, key: string, work: () => Answer | Promise<Answer>): Promise<Answer> {
  const window = windowOf(state, key)
  const { rateLimit, concurrentLimit } = state.settings
  const running = state.running.get(key) ?? 0
  const headers = () => ({
    'x-sentry-rate-limit-limit': String(rateLimit.limit),
    'x-sentry-rate-limit-remaining': String(Math.max(0, rateLimit.limit - window.used)),
    'x-sentry-rate-limit-reset': String(Math.ceil(window.resetAt / 1000)),
    'x-sentry-rate-limit-concurrentlimit': String(concurrentLimit),
    'x-sentry-rate-limit-concurrentremaining': String(Math.max(0, concurrentLimit - running - 1)),
  })
  window.used += 1
  if (window.used > rateLimit.limit) {
    const detail = `You are attempting to use this endpoint too frequently. Limit is ${rateLimit.limit} requests in ${rateLimit.windowSeconds} seconds`
    return json(429, { detail }, headers())
  }
  if (running >= concurrentLimit) {
    const detail = `You are attempting to go above the allowed concurrency for this endpoint. Concurrency limit is ${concurrentLimit}`
    return json(429, { detail }, headers())
  }
  state.running.set(key, running + 1)
  const shown = headers()
  try {
    const answer = await work()
    return { ...answer, headers: { ...shown, ...answer.headers } }
  } finally {
    state.running.set(key, (state.running.get(key) ?? 1) - 1)
  }
}
