import { z } from 'zod'
import { now } from '#lib/platform/clock.ts'
import { retryAfter } from '#lib/providers/api.ts'
import type { Answer, Failure, RateLimit } from '#lib/providers/define-api.ts'

/** Limits are counted in windows of ten seconds (developers.intercom.com/docs/references/rest-api/errors/rate-limiting). */
const WINDOW_MS = 10_000
const MAX_WAIT_MS = 3_600_000

const Refused = z.object({ errors: z.array(z.object({ code: z.string() })).min(1) })

/** Intercom's code in an answer; null in one that is not Intercom's own. */
function codeIn(body: string): string | null {
  try {
    return Refused.safeParse(JSON.parse(body)).data?.errors[0]?.code ?? null
  } catch {
    return null
  }
}

const whole = (headers: Headers, name: string): number | null => {
  const value = headers.get(`x-ratelimit-${name}`)
  return value !== null && /^\d{1,12}$/.test(value) ? Number(value) : null
}

/** What the headers of an answer say; the reset is in epoch seconds. */
export function limit(headers: Headers): RateLimit | null {
  const [total, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => whole(headers, name))
  if (total == null || remaining == null || reset == null) return null
  return { limit: total, remaining, resetsAt: new Date(reset * 1000) }
}

/** When to come back: what is told, else the end of the window. */
function waitUntil(headers: Headers): Date {
  const told = retryAfter(headers)
  if (told) return told
  const at = now().getTime()
  const left = (whole(headers, 'reset') ?? 0) * 1000 - at
  return new Date(at + (left > 0 ? Math.min(Math.max(left, 1000), MAX_WAIT_MS) : WINDOW_MS))
}

/**
 * What an answer means where its status alone does not say it (developers.intercom.com/docs/references/rest-api/errors/error-codes).
 * No token runs out: one that is not taken was ended.
 */
export function failure({ status, headers, body }: Answer): Failure | null {
  if (status === 429) return { retryAt: waitUntil(headers) }
  if (status === 401) return 'revoked'
  if (status !== 403) return null
  const code = codeIn(body)
  if (code === null) return 'unavailable' // the page of a proxy before it
  return { because: 'setup', detail: code === 'api_plan_restricted' ? 'plan' : 'not_permitted' }
}

/** What a person can do about a failure of setup, by its detail; about a connect that failed, by its reason. */
export const remedies = {
  plan: 'Intercom does not answer apps on this workspace’s plan. An admin of the workspace can look at its subscription in Intercom, Settings, Billing.',
  not_permitted:
    'Plugboard’s app at Intercom may not read this. Whoever set it up can tick the permission in Intercom’s Developer Hub, under Configure and Authentication.',
  workspace:
    'Intercom did not tell which workspace this is. Whoever set up Plugboard’s app there can tick Read admins in its Developer Hub, under Configure and Authentication. Then connect again.',
  probe_refused:
    'Intercom did not take what it had just given. A workspace that is hosted in Europe or Australia is only known there: an admin can say so under Integrations, Intercom, Config. Then connect again.',
}
