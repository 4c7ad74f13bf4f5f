import { z } from 'zod'
import { inFuture } from '#lib/platform/clock.ts'
import { retryAfter } from '#lib/providers/api.ts'
import type { Answer, Failure } from '#lib/providers/define-api.ts'

const UNTOLD_WAIT_MS = 60_000
const OVERLOADED = 529

const Refused = z.object({ object: z.literal('error'), code: z.string() })

/** Notion's code in an answer; null in one that is not Notion's own, such as a page of the proxy before it. */
function codeIn(body: string): string | null {
  try {
    return Refused.safeParse(JSON.parse(body)).data?.code ?? null
  } catch {
    return null
  }
}

/**
 * What an answer means where its status alone does not say it (developers.notion.com/reference/status-codes). What is not
 * shared with the connection reads as if it were not there; what a connection may do is set up in Notion's developer portal.
 */
export function failure({ status, headers, body }: Answer): Failure | null {
  if (status === 429 || status === OVERLOADED) return { retryAt: retryAfter(headers) ?? inFuture(UNTOLD_WAIT_MS) }
  const code = codeIn(body)
  if (code === 'object_not_found') return { because: 'setup', detail: 'not_shared' }
  if (code === 'restricted_resource') return { because: 'setup', detail: 'capability' }
  return status === 403 && code === null ? 'unavailable' : null
}

/** What a person can do about a failure of setup, by its detail. */
export const remedies = {
  not_shared:
    'This page isn’t shared with Plugboard, or it no longer exists. Whoever connected Notion can share it there: open the page, choose •••, then Add connections, then Plugboard.',
  unplaced:
    'Notion did not tell where this is, which decides whether it may stand on boards. Move it to fewer pages and databases from the top of its workspace in Notion, then try again.',
  capability:
    'Plugboard’s connection at Notion may not read this. Whoever set it up can turn on Read content under Capabilities in Notion’s developer portal.',
}
