import { inFuture } from '#lib/platform/clock.ts'
import { ProviderFailure, retryAfter } from '#lib/providers/api.ts'
import type { Answer, Failure } from '#lib/providers/define-api.ts'

/** Detail of a 404, with the words for it in `remedies`. */
const HIDDEN = 'hidden'
const MAX_WAIT_MS = 3_600_000
const UNTOLD_WAIT_MS = 60_000

// Lists of runs have thirty calls a minute of their own, everything else thirty a second.
const runLists = /^\/(?:workspaces|organizations)\/[^/]+\/runs$/

/** What a call is counted against (developer.hashicorp.com/terraform/cloud-docs/api-docs#rate-limiting). */
export const budget = (path: string): string => (runLists.test(path) ? 'runs' : 'api')

/** The header names the seconds to wait, with a fraction; it is no time of day. */
function waitOf(headers: Headers): Failure {
  const told = retryAfter(headers)
  if (told) return { retryAt: told }
  const seconds = Number(headers.get('x-ratelimit-reset') || Number.NaN)
  const wait = Number.isFinite(seconds) && seconds >= 0 ? Math.max(seconds * 1000, 1000) : UNTOLD_WAIT_MS
  return { retryAt: inFuture(Math.min(wait, MAX_WAIT_MS)) }
}

/**
 * A 401 is about the token alone. What it may not see is a 404, like what is not there: nobody can say that a thing is gone,
 * and what is told is both.
 */
export function failure({ status, headers }: Answer): Failure | null {
  if (status === 429) return waitOf(headers)
  return status === 404 ? { because: 'setup', detail: HIDDEN } : null
}

/** Whether Terraform shows nothing of that name to this token. */
export const isHidden = (error: unknown): boolean => error instanceof ProviderFailure && error.detail === HIDDEN

/** What people are told of the failures that are no more than a missing setup. */
export const remedies: Readonly<Record<string, string>> = {
  organization_token:
    'This is an organization token: it manages workspaces and teams, and can’t read runs or plans. Make a team token instead, under API Tokens in the organization’s settings.',
  other_token:
    'This token is neither a team’s nor a user’s, so it reads no workspaces. Make a team token instead, under API Tokens in the organization’s settings.',
  [HIDDEN]: 'Terraform says “not found”: Plugboard’s token may not read this, or it no longer exists.',
}
