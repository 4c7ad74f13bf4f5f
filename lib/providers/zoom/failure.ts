import { z } from 'zod'
import { inFuture, now } from '#lib/platform/clock.ts'
import { retryAfter } from '#lib/providers/api.ts'
import type { Answer, Failure, RateLimit } from '#lib/providers/define-api.ts'

const DAY_MS = 86_400_000
const SECOND_MS = 1_000

const Refused = z.object({ code: z.number(), message: z.string().catch('') })

function refusalIn(body: string): z.infer<typeof Refused> | null {
  try {
    return Refused.safeParse(JSON.parse(body)).data ?? null
  } catch {
    return null
  }
}

/** Only what looks like names of permissions is taken from Zoom's text: `does not contain scopes:[user:read:settings]`. */
function lackingScope(message: string): Failure {
  const [, names] = /scopes:\[([a-z_:]+(?:, ?[a-z_:]+)*)\]/.exec(message) ?? []
  return names === undefined ? 'scope' : { because: 'scope', detail: names }
}

/** No budget is for longer than a day, whatever is told. */
const LONGEST_MS = DAY_MS + 3_600_000
const earlier = (one: Date, other: Date): Date => (one < other ? one : other)

function isoIn(headers: Headers): Date | null {
  const text = headers.get('retry-after') ?? ''
  const isTime = /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text))
  return isTime ? earlier(new Date(text), inFuture(LONGEST_MS)) : null
}

/**
 * A day's budget names the moment in which it is new; a second's is over in one, which is told in whole seconds, rounded up
 * (developers.zoom.us/docs/api/rate-limits).
 */
function comeBackAt(headers: Headers): Date {
  const reset = Number(headers.get('x-ratelimit-reset'))
  const told = isoIn(headers) ?? retryAfter(headers) ?? (reset > 0 ? new Date((reset - 1) * SECOND_MS) : null)
  const soonest = inFuture(SECOND_MS)
  return told && told > soonest ? earlier(told, inFuture(LONGEST_MS)) : soonest
}

/**
 * What an answer means where its status alone does not say it (developers.zoom.us/docs/api, error definitions). A 401 says by
 * itself that the token opens nothing, whatever its number.
 */
export function failure({ status, headers, body }: Answer): Failure | null {
  if (status === 429) return { retryAt: comeBackAt(headers) }
  if (status !== 400) return null
  const { code, message = '' } = refusalIn(body) ?? {}
  if (code === 4711) return lackingScope(message)
  if (code === 200) return 'plan'
  if (code === 300 || code === 3161) return 'forbidden'
  return code === 12702 ? 'not_found' : null // a meeting of more than a year ago
}

/** Lists are counted apart from single things, in every account (developers.zoom.us/docs/api/rate-limits). */
export const budget = (path: string): string =>
  /^\/users\/me\/(?:meetings|recordings)|\/participants$/.test(path) ? 'medium' : 'light'

/** What is left of a day; what is left of a second is no news a second later. */
export function limit(headers: Headers): RateLimit | null {
  if (headers.get('x-ratelimit-type') !== 'Daily-limit') return null
  const [most, remaining] = ['limit', 'remaining'].map((name) =>
    Number(headers.get(`x-ratelimit-${name}`) ?? Number.NaN),
  )
  if (most === undefined || remaining === undefined || !(most > 0 && remaining >= 0)) return null
  const midnight = new Date(Math.ceil((now().getTime() + 1) / DAY_MS) * DAY_MS)
  return { limit: most, remaining, resetsAt: isoIn(headers) ?? midnight }
}

const oneAuthorization =
  'Zoom keeps one authorization of a person for Plugboard. If the same Zoom account was connected again, here or in another organization, the newer one ended this. Connecting again here ends that one.'

/** What helps where a connection ended. */
export const remedies = {
  refresh_refused: oneAuthorization,
  token_refused: oneAuthorization,
}
