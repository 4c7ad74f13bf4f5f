import { Refusal } from './access.ts'
import { type Channel, type State, slackApp } from './state.ts'

/** docs.slack.dev/apis/web-api/rate-limits: requests a minute to a method, by app and workspace. */
const TIERS = { 1: 1, 2: 20, 3: 50, 4: 100, special: 600 } as const
export type Tier = keyof typeof TIERS

const WINDOW_MS = 60_000
const POST_EVERY_MS = 1000
const POST_BURST_MS = 4000
/** Since 2025-05-29, for apps that are distributed commercially outside the Marketplace. */
const RESTRICTED = { methods: ['conversations.history', 'conversations.replies'], perMinute: 1, perPage: 15 }

/** Whether a method has the tight limits of an app outside the Marketplace. */
const isRestricted = (state: State, method: string): boolean =>
  state.settings.distribution === 'commercial' && RESTRICTED.methods.includes(method)

const allowed = (state: State, method: string, tier: Tier): number =>
  state.limits.get(method) ?? (isRestricted(state, method) ? RESTRICTED.perMinute : TIERS[tier])

/** How many messages a page has by default and at most, when the app's distribution limits that. */
export const messagesPerPage = (state: State, method: string): number | null =>
  isRestricted(state, method) ? RESTRICTED.perPage : null

const limited = (waitMs: number): Refusal =>
  new Refusal('ratelimited', {}, 429, { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) })

function window(state: State, teamId: string, method: string) {
  const key = `${slackApp(state.world).id} ${teamId} ${method}`
  const now = state.world.clock.now()
  const current = state.used.get(key)
  if (current && current.resetAt > now) return current
  const fresh = { used: 0, resetAt: now + WINDOW_MS }
  state.used.set(key, fresh)
  return fresh
}

/** Counts one request to a method in a workspace; refuses it when nothing is left this minute. */
export function count(state: State, teamId: string, method: string, tier: Tier): void {
  const current = window(state, teamId, method)
  if (current.used >= allowed(state, method, tier)) throw limited(current.resetAt - state.world.clock.now())
  current.used += 1
}

/** Sets what is left of a method's minute in a workspace. */
export function setRemaining(state: State, teamId: string, method: string, tier: Tier, remaining: number): void {
  window(state, teamId, method).used = allowed(state, method, tier) - remaining
}

/** Counts one message to a channel: one a second, and a short burst. */
export function countPost(state: State, channel: Channel): void {
  const now = state.world.clock.now()
  const next = Math.max(state.posts.get(channel.id) ?? 0, now)
  if (next - now > POST_BURST_MS) throw limited(next - now - POST_BURST_MS)
  state.posts.set(channel.id, next + POST_EVERY_MS)
}
