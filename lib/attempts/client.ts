import { queryOptions } from '@tanstack/react-query'
import { ask, problemOf } from '#lib/platform/client.ts'
import type { AttemptView } from './schema.ts'
import { isFinal } from './status.ts'

const ATTEMPT_POLLED_EVERY_MS = 2_000
/** How long a page watches an attempt; the server takes an answer for some minutes more. */
export const ATTEMPT_WATCHED_MS = 240_000

const attemptPath = (org: string, id: string): string => `/api/v1/orgs/${org}/connect-attempts/${id}`

/** An attempt as the server knows it; null while its form has not arrived there. */
async function readAttempt(org: string, id: string, signal: AbortSignal): Promise<AttemptView | null> {
  return ask<AttemptView>(attemptPath(org, id), { signal }).catch((error: unknown) => {
    if (problemOf(error).kind === 'not-found') return null
    throw error
  })
}

/**
 * An attempt, asked every two seconds for four minutes from `startedAt` (epoch milliseconds). Also while the page is
 * hidden: that is when the person is at the provider. It ends with the attempt, or with the session.
 */
export const attemptOf = ({ org, id, startedAt }: { org: string; id: string; startedAt: number }) =>
  queryOptions({
    queryKey: ['attempt', org, id] as const,
    queryFn: ({ signal }) => readAttempt(org, id, signal),
    refetchInterval: ({ state }) => {
      const isOver = state.data ? isFinal(state.data.status) : false
      const isSignedOut = state.error !== null && problemOf(state.error).kind === 'sign-in-required'
      const isTooLate = Date.now() - startedAt >= ATTEMPT_WATCHED_MS
      return isOver || isSignedOut || isTooLate ? false : ATTEMPT_POLLED_EVERY_MS
    },
    refetchIntervalInBackground: true,
    refetchOnWindowFocus: false,
    staleTime: 0,
    retry: false,
  })

/** Ends an attempt; what the provider answers later is discarded. */
export const cancelAttempt = (org: string, id: string): Promise<AttemptView> =>
  ask<AttemptView>(attemptPath(org, id), { method: 'DELETE' })

/** Answers the question an attempt waits with. */
export const chooseAccount = (org: string, id: string, choice: string): Promise<AttemptView> =>
  ask<AttemptView>(`${attemptPath(org, id)}/choose`, { method: 'POST', body: { choice } })
