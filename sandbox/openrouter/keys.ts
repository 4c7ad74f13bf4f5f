import { createHash, randomBytes } from 'node:crypto'
import { accountOf, type Key, type Reset, rounded, type State } from './state.ts'

type New = Pick<Key, 'account'> & Partial<Key>

/** Makes and keeps a key: 64 hexadecimal digits, the first eight always the same so that it can be told from a real one. */
export function issueKey(state: State, input: New): Key {
  const value = `sk-or-v1-5a4db0c5${randomBytes(28).toString('hex')}`
  const key: Key = {
    value,
    hash: createHash('sha256').update(value).digest('hex'),
    label: masked(value),
    isManagement: false,
    isDisabled: false,
    createdAt: state.world.clock.now(),
    expiresAt: null,
    limit: null,
    limitReset: null,
    spent: [],
    ...input,
  }
  state.keys.set(value, key)
  return key
}

/** A key as OpenRouter shows it once it was made. */
export const masked = (value: string): string => `${value.slice(0, 12)}...${value.slice(-3)}`

/** The key with this value if it still works. */
export function liveKey(state: State, value: string): Key | null {
  const key = state.keys.get(value)
  if (!key || key.isDisabled || !accountOf(state, key.account)) return null
  return key.expiresAt === null || key.expiresAt > state.world.clock.now() ? key : null
}

/** What a key cost since the UTC day, week (from Monday) or month began; without one, ever. */
export function usageOf(state: State, key: Key, since: Reset | null): number {
  const start = since === null ? 0 : startOf(since, state.world.clock.now())
  return rounded(key.spent.reduce((sum, { at, cost }) => (at >= start ? sum + cost : sum), 0))
}

/** What is left of a key's own limit; null without one. */
export const remainingOf = (state: State, key: Key): number | null =>
  key.limit === null ? null : rounded(Math.max(0, key.limit - usageOf(state, key, key.limitReset)))

function startOf(period: Reset, now: number): number {
  const date = new Date(now)
  const day = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())
  if (period === 'daily') return day
  if (period === 'weekly') return day - ((date.getUTCDay() + 6) % 7) * 86_400_000
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)
}
