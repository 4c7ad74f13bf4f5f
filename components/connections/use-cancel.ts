import { useQueryClient } from '@tanstack/react-query'
import { announce } from '#components/ui/announce.ts'
import { cancelAttempt } from '#lib/attempts/client.ts'
import { standingsOf } from '#lib/connections/client.ts'
import { problemOf } from '#lib/platform/client.ts'
import { type Attempt, updateAttempt } from './attempts.ts'

const cancelled = 'Cancelled. Nothing changed.'

/** Ends an attempt for good, and says so once the server has: until then an answer of the provider's still counts. */
export function useCancel(): (attempt: Attempt) => void {
  const queries = useQueryClient()
  return ({ id, org, name }) => {
    const end = (tone: 'info' | 'error', text: string) => {
      updateAttempt(id, { ending: { tone, text, next: 'connect' } })
      announce(text, tone === 'error' ? 'assertive' : 'polite')
    }
    cancelAttempt(org, id)
      // one that ended otherwise meanwhile is told by the next look at it
      .then(({ status }) => status === 'cancelled' && end('info', cancelled))
      .catch((error: unknown) => {
        // its form never reached the server: there is nothing to cancel
        if (problemOf(error).kind === 'not-found') end('info', cancelled)
        else end('error', `Plugboard could not be told to cancel. ${name} may still connect.`)
      })
      .finally(() => void queries.invalidateQueries({ queryKey: standingsOf(org) }))
  }
}
