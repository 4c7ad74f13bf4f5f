import { z } from 'zod'
import { inFuture } from '#lib/platform/clock.ts'
import { retryAfter } from '#lib/providers/api.ts'
import type { Answer, Failure } from '#lib/providers/define-api.ts'

/** The window is an hour that rolls on, and no answer says when there is room in it again. */
const UNTOLD_WAIT_MS = 5 * 60_000

const Envelope = z.object({ error: z.object({ message: z.string().catch(''), detail: z.unknown().optional() }) })
const Lacking = z.object({ required: z.array(z.string()) })

/** Whether a refusal is about scopes: it lists those that would do. */
function lacksScope(body: string): boolean {
  try {
    const { error } = Envelope.parse(JSON.parse(body))
    return Lacking.safeParse(error.detail).success || /\bprivilege scopes\b/i.test(error.message)
  } catch {
    return false
  }
}

/**
 * What an answer means where its status alone does not say it. What is gone for good (CHANGE-2770,
 * developer.atlassian.com/cloud/bitbucket/changelog) is a mistake of ours, and no thing that is missing.
 */
export function failure({ status, headers, body }: Answer): Failure | null {
  if (status === 429) return { retryAt: retryAfter(headers) ?? inFuture(UNTOLD_WAIT_MS) }
  if (status === 410) return 'unavailable'
  return status === 403 && lacksScope(body) ? 'scope' : null
}

/** Repositories are counted apart from the rest, and what is in files apart from both (support.atlassian.com/bitbucket-cloud/docs/api-request-limits). */
export function budget(path: string): string {
  if (!path.startsWith('/repositories/')) return 'rest'
  return /^\/repositories\/[^/]+\/[^/]+\/src\/[^?]*[^/?]$/.test(path) ? 'files' : 'repositories'
}
