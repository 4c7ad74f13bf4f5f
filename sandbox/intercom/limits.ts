import { Refusal } from './refusal.ts'
import type { State, Workspace } from './state.ts'

const WINDOW_MS = 10_000
const APP = 'app'

// developers.intercom.com/docs/references/rest-api/errors/rate-limiting: a minute's worth is spread over six windows.
const perWindow = (perMinute: number): number => Math.ceil(perMinute / 6)

function window(state: State, key: string) {
  const now = state.world.clock.now()
  const current = state.used.get(key)
  if (current && current.resetAt > now) return current
  const fresh = { used: 0, resetAt: (Math.floor(now / WINDOW_MS) + 1) * WINDOW_MS }
  state.used.set(key, fresh)
  return fresh
}

const told = (limit: number, { used, resetAt }: { used: number; resetAt: number }): Record<string, string> => ({
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(Math.max(0, limit - used)),
  'x-ratelimit-reset': String(Math.floor(resetAt / 1000)),
})

/** Counts one request of the app and of a workspace; refuses it when nothing is left. Answers the headers that tell. */
export function count(state: State, { code }: Workspace): Record<string, string> {
  const { appPerMinute, workspacePerMinute } = state.settings
  const both = [
    { limit: perWindow(appPerMinute), current: window(state, APP) },
    { limit: perWindow(workspacePerMinute), current: window(state, `workspace ${code}`) },
  ]
  for (const { limit, current } of both)
    if (current.used >= limit)
      throw new Refusal(
        429,
        'rate_limit_exceeded',
        `Exceeded rate limit of ${limit} in 10_seconds`,
        told(limit, current),
      )
  for (const { current } of both) current.used += 1
  const [tightest] = both.toSorted((a, b) => a.limit - a.current.used - (b.limit - b.current.used))
  return tightest ? told(tightest.limit, tightest.current) : {}
}

/** Sets what is left of the app's running window. */
export function setRemaining(state: State, remaining: number): void {
  window(state, APP).used = perWindow(state.settings.appPerMinute) - remaining
}
