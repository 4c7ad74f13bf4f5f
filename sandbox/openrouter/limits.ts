import { Refusal } from './refusal.ts'
import type { Account, State } from './state.ts'

export type Window = 'minute' | 'day'

// openrouter.ai/docs/api-reference/limits: free variants only; paid models have no cap.
const PER_MINUTE = 20
const PER_DAY = { few: 50, many: 1000 }
const ENOUGH_BOUGHT = 10
const MILLISECONDS = { minute: 60_000, day: 86_400_000 }

const limitOf = ({ purchased }: Account, window: Window): number =>
  window === 'minute' ? PER_MINUTE : purchased >= ENOUGH_BOUGHT ? PER_DAY.many : PER_DAY.few

/** What an account used of the running minute or UTC day; all its keys share it. */
function usedOf(state: State, { login }: Account, window: Window) {
  const now = state.world.clock.now()
  const current = state.freeUsed.get(`${login} ${window}`)
  if (current && current.resetAt > now) return current
  const fresh = { used: 0, resetAt: (Math.floor(now / MILLISECONDS[window]) + 1) * MILLISECONDS[window] }
  state.freeUsed.set(`${login} ${window}`, fresh)
  return fresh
}

/** Sets what is left of an account's requests to free models. */
export function setFreeRemaining(state: State, account: Account, window: Window, remaining: number): void {
  usedOf(state, account, window).used = limitOf(account, window) - remaining
}

/** How an account stands with its free models today, as its keys tell. */
export function freeToday(state: State, account: Account): { limit: number; remaining: number; used: number } {
  const [limit, { used }] = [limitOf(account, 'day'), usedOf(state, account, 'day')]
  return { limit, remaining: limit - used, used }
}

/** Counts one request to a free model; refuses it when nothing is left. Only this refusal has X-RateLimit headers. */
export function countFree(state: State, account: Account): void {
  const windows: Window[] = ['minute', 'day']
  for (const window of windows) {
    const { used, resetAt } = usedOf(state, account, window)
    const limit = limitOf(account, window)
    if (used < limit) continue
    throw new Refusal(429, 'Rate limit exceeded', {
      metadata: { error_type: 'rate_limit_exceeded' },
      headers: {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(resetAt),
        'retry-after': String(Math.ceil((resetAt - state.world.clock.now()) / 1000)),
      },
    })
  }
  for (const window of windows) usedOf(state, account, window).used += 1
}
