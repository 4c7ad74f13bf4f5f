import type { Answer } from '#sandbox/http.ts'
import { document } from './refusal.ts'
import type { Rate, State, Window } from './state.ts'

function windowOf(state: State, key: string, { windowSeconds }: Rate): Window {
  const now = state.world.clock.now()
  const current = state.windows.get(key)
  if (current && current.endsAt > now) return current
  const fresh = { used: 0, endsAt: now + windowSeconds * 1000 }
  state.windows.set(key, fresh)
  return fresh
}

// The wait is in seconds with a fraction: hashicorp/go-tfe sleeps for exactly that long.
const headersOf = (state: State, { endsAt }: Window, { limit }: Rate): Record<string, string> => ({
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-reset': (Math.max(0, endsAt - state.world.clock.now()) / 1000).toFixed(3),
})

/**
 * Counts a request of an identity and answers it, unless there were too many; lists of runs are counted apart as well.
 * developer.hashicorp.com/terraform/cloud-docs/api-docs#rate-limiting
 */
export async function limited(
  state: State,
  identity: string,
  isRunsList: boolean,
  work: () => Answer | Promise<Answer>,
): Promise<Answer> {
  const { rateLimit, runsLimit } = state.settings
  const counted: [string, Rate][] = [[identity, rateLimit]]
  if (isRunsList) counted.push([`${identity} runs`, runsLimit])
  let headers = {}
  for (const [key, rate] of counted) {
    const window = windowOf(state, key, rate)
    window.used += 1
    headers = headersOf(state, window, rate)
    if (window.used > rate.limit) return tooMany(headers)
  }
  const answer = await work()
  return { ...answer, headers: { ...headers, ...answer.headers } }
}

// Here alone the status is a number.
const tooMany = (headers: Record<string, string>): Answer =>
  document(
    429,
    { errors: [{ detail: "You have exceeded the API's rate limit.", status: 429, title: 'Too many requests' }] },
    headers,
  )
