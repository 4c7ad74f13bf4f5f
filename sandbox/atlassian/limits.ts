import { type Caller, Refusal } from './access.ts'
import type { Product, State, Used } from './state.ts'

// developer.atlassian.com/cloud/jira/platform/rate-limiting and its like for Confluence
const POINTS_AN_HOUR = 65_000
const HOUR_MS = 3_600_000
const BURSTS: Readonly<Record<string, number>> = { GET: 100, POST: 100, PUT: 50, DELETE: 50 }

function hour(state: State, product: Product): Used {
  const now = state.world.clock.now()
  const current = state.points.get(product)
  if (current && current.resetAt > now) return current
  // Every hour begins at its top, for everybody.
  const fresh = { used: 0, resetAt: (Math.floor(now / HOUR_MS) + 1) * HOUR_MS }
  state.points.set(product, fresh)
  return fresh
}

/** Sets what is left of the running hour's points. */
export function setPoints(state: State, product: Product, remaining: number): void {
  hour(state, product).used = POINTS_AN_HOUR - remaining
}

/** Counts what an app's call cost. API tokens have no points. */
export function spend(state: State, product: Product, { via }: Caller, points: number): void {
  if (via === 'oauth') hour(state, product).used += points
}

const secondsUntil = (state: State, at: number): number => Math.max(1, Math.ceil((at - state.world.clock.now()) / 1000))

/** The headers that tell an app what is left of its hour; the structured ones tell it only when that is little. */
export function pointHeaders(state: State, product: Product, { via }: Caller): Record<string, string> {
  if (via !== 'oauth') return {}
  const { used, resetAt } = hour(state, product)
  const remaining = Math.max(0, POINTS_AN_HOUR - used)
  const isNear = remaining < POINTS_AN_HOUR / 5
  return {
    'x-ratelimit-limit': String(POINTS_AN_HOUR),
    'x-ratelimit-remaining': String(remaining),
    'ratelimit-policy': `"global-app-quota";q=${POINTS_AN_HOUR};w=3600`,
    ...(isNear && {
      'x-ratelimit-nearlimit': 'true',
      ratelimit: `"global-app-quota";r=${remaining};t=${secondsUntil(state, resetAt)}`,
    }),
  }
}

function tooMany(state: State, reason: string, resetAt: number, headers: Record<string, string>): Refusal {
  return new Refusal(429, 'Rate limit exceeded', {
    ...headers,
    'retry-after': String(secondsUntil(state, resetAt)),
    'x-ratelimit-reset': new Date(resetAt).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    'ratelimit-reason': reason,
  })
}

/** Refuses a call when the app's hour is used up, or the site was asked for the same too often in this second. */
export function count(state: State, product: Product, caller: Caller, endpoint: string): void {
  const points = hour(state, product)
  if (caller.via === 'oauth' && points.used >= POINTS_AN_HOUR) {
    const headers = pointHeaders(state, product, caller)
    throw tooMany(state, `${product}-quota-global-based`, points.resetAt, headers)
  }
  const now = state.world.clock.now()
  const key = `${caller.site.id} ${endpoint}`
  const current = state.bursts.get(key)
  const second = current && current.resetAt > now ? current : { used: 0, resetAt: now + 1000 }
  state.bursts.set(key, second)
  const [method = ''] = endpoint.split(' ')
  const limit = state.burstLimits.get(method) ?? BURSTS[method] ?? 100
  if (second.used >= limit) {
    const headers = { 'x-ratelimit-limit': String(limit), 'x-ratelimit-remaining': '0' }
    throw tooMany(state, `${product}-burst-based`, second.resetAt, headers)
  }
  second.used += 1
}
