import { inFuture } from '#lib/platform/clock.ts'
import { retryAfter } from '#lib/providers/api.ts'
import type { Answer, Failure } from '#lib/providers/define-api.ts'

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

/** A 401 is about the token alone; what it may not see is a 404, like what is not there. */
export const failure = ({ status, headers }: Answer): Failure | null => (status === 429 ? waitOf(headers) : null)
