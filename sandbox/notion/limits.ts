import { Refusal } from './refusal.ts'
import type { Grant, State } from './state.ts'

type Rate = { perSecond: number; burst: number }

// developers.notion.com/reference/request-limits: so many a second on average, of each connection and each workspace.
function left(state: State, key: string, { perSecond, burst }: Rate): number {
  const now = state.world.clock.now()
  const { left: before, at } = state.budgets.get(key) ?? { left: burst, at: now }
  const current = Math.min(burst, before + (Math.max(0, now - at) / 1000) * perSecond)
  state.budgets.set(key, { left: current, at: now })
  return current
}

function take(state: State, key: string, rate: Rate, reason: string): void {
  const current = left(state, key, rate)
  if (current < 1) {
    const waitSeconds = Math.max(1, Math.ceil((1 - current) / rate.perSecond))
    throw new Refusal(
      429,
      'rate_limited',
      'You have been rate limited. Please try again in a few minutes.',
      { additional_data: { rate_limit_reason: reason } },
      { 'retry-after': String(waitSeconds) },
    )
  }
  state.budgets.set(key, { left: current - 1, at: state.world.clock.now() })
}

/** Counts one request of a connection; refuses it when nothing is left to it or to its workspace. */
export function count(state: State, grant: Grant): void {
  const { rate, spaceRate } = state.settings
  take(state, `bot ${grant.botId}`, rate, 'public_api_request_rate_limit')
  if (spaceRate) take(state, `space ${grant.workspace}`, spaceRate, 'public_api_space_request_rate_limit')
}

/** Sets what is left now to every connection, or to one. */
export function setRemaining(state: State, remaining: number): void {
  const at = state.world.clock.now()
  for (const { botId } of state.grants.values()) state.budgets.set(`bot ${botId}`, { left: remaining, at })
}
