import type { Answer } from '#sandbox/http.ts'
import { type Caller, refusal } from './access.ts'
import type { State } from './state.ts'

/** What an endpoint counts as: data of repositories, raw files, or nothing that is limited. */
export type Resource = 'repositories' | 'files' | null

const HOUR_MS = 3_600_000

// support.atlassian.com/bitbucket-cloud/docs/api-request-limits: a rolling hour, for all tokens of a person together.
function usedOf(state: State, key: string, limit: number): number[] {
  const now = state.world.clock.now()
  const { budget } = state
  const isBounded = budget !== null && budget.until > now
  const fresh = isBounded ? Array.from({ length: Math.max(0, limit - budget.remaining) }, () => budget.from) : []
  const used = (state.used.get(key) ?? fresh).filter((at) => at > now - HOUR_MS)
  state.used.set(key, used)
  return used
}

/** Leaves this many requests of every resource to everybody for an hour from now. */
export function setRemaining(state: State, remaining: number): void {
  const from = state.world.clock.now()
  state.used.clear()
  state.budget = { remaining, from, until: from + HOUR_MS }
}

/** Counts a request; over the limit it is a 429, which says nothing of when to come back. Answers the headers to send. */
export function counted(state: State, caller: Caller, resource: Resource): Answer['headers'] {
  if (resource === null) return {}
  const { limits, showsLimits } = state.settings
  const [limit, key] = caller.account
    ? [limits[resource], `${resource} ${caller.key}`]
    : [limits.anonymous, `anonymous ${caller.key}`]
  const used = usedOf(state, key, limit)
  if (used.length >= limit) throw refusal(429, 'Rate limit for this resource has been exceeded')
  used.push(state.world.clock.now())
  if (!showsLimits) return {}
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-resource': resource,
    'x-ratelimit-nearlimit': String(used.length > limit * 0.8),
  }
}
