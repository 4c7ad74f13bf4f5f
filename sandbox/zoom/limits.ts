import { Refusal } from './refusal.ts'
import type { Account, Category, Limit, Plan, State, Used } from './state.ts'

const DAY_MS = 86_400_000

// developers.zoom.us/docs/api/rate-limits: shared by all apps of an account.
const LIMITS: Readonly<Record<Plan, Readonly<Record<Category, Limit>>>> = {
  free: { Light: { perSecond: 4, perDay: 6000 }, Medium: { perSecond: 2, perDay: 2000 } },
  pro: { Light: { perSecond: 30, perDay: null }, Medium: { perSecond: 20, perDay: null } },
  business: { Light: { perSecond: 80, perDay: null }, Medium: { perSecond: 60, perDay: null } },
}

type Kind = 'second' | 'day'
const TYPE = { second: 'QPS', day: 'Daily-limit' } as const

const limitOf = ({ settings }: State, { plan }: Account, category: Category): Limit => ({
  ...LIMITS[plan][category],
  ...settings.limits[category],
})

function windowOf(state: State, key: string, endsAt: number): Used {
  const current = state.windows.get(key)
  if (current && current.endsAt > state.world.clock.now()) return current
  const fresh = { used: 0, endsAt, limit: null }
  state.windows.set(key, fresh)
  return fresh
}

const keyOf = ({ key }: Account, category: Category, kind: Kind): string => `${key} ${category} ${kind}`

/** Counts one request of an account and answers what the headers say; refuses it when nothing is left. */
export function count(state: State, account: Account, category: Category): Record<string, string> {
  const now = state.world.clock.now()
  const limit = limitOf(state, account, category)
  const day = windowOf(state, keyOf(account, category, 'day'), (Math.floor(now / DAY_MS) + 1) * DAY_MS)
  const second = windowOf(state, keyOf(account, category, 'second'), now + state.settings.windowSeconds * 1000)
  const perDay = day.limit ?? limit.perDay
  const perSecond = second.limit ?? limit.perSecond
  if (perDay !== null && day.used >= perDay) throw tooMany(category, 'day', perDay, day)
  if (second.used >= perSecond) throw tooMany(category, 'second', perSecond, second)
  day.used += 1
  second.used += 1
  return headersOf(category, 'second', perSecond, perSecond - second.used)
}

const headersOf = (category: Category, kind: Kind, limit: number, remaining: number): Record<string, string> => ({
  'x-ratelimit-category': category,
  'x-ratelimit-type': TYPE[kind],
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(remaining),
})

// Until when to wait is a date and a time for a day, and seconds since 1970 for a second.
function tooMany(category: Category, kind: Kind, limit: number, { endsAt }: Used): Refusal {
  const headers = headersOf(category, kind, limit, 0)
  if (kind === 'day') {
    const message =
      'You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request.'
    const until = `${new Date(endsAt).toISOString().slice(0, 19)}Z`
    return new Refusal(429, 429, message, { ...headers, 'retry-after': until })
  }
  const message = 'You have reached the maximum per-second rate limit for this API. Try again later.'
  return new Refusal(429, 429, message, { ...headers, 'x-ratelimit-reset': String(Math.ceil(endsAt / 1000)) })
}

/** Leaves an account this many requests: of a second for a minute (so that no test races the clock), of a day until it ends. */
export function setRemaining(state: State, account: Account, category: Category, kind: Kind, remaining: number): void {
  const now = state.world.clock.now()
  const endsAt = kind === 'day' ? (Math.floor(now / DAY_MS) + 1) * DAY_MS : now + 60_000
  state.windows.set(keyOf(account, category, kind), { used: 0, endsAt, limit: remaining })
}
