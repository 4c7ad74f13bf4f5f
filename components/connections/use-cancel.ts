import { useQueryClient } from '@tanstack/react-query'
import { announce } from '#components/ui/announce.ts'
import { cancelAttempt, standingsOf } from '#lib/connections/client.ts'
import { type Attempt, updateAttempt } from './attempts.ts'

const cancelled = 'Cancelled. Nothing changed.'

/** Ends an attempt for good; its slot's badge is again what it was. */
export function useCancel(): (attempt: Attempt) => void {
  const queries = useQueryClient()
  return ({ id, org, name }) => {
    updateAttempt(id, { ending: { tone: 'info', text: cancelled, next: 'connect' } })
    announce(cancelled)
    cancelAttempt(org, id)
      .catch(() => {
        const text = `Plugboard could not be told to cancel. ${name} may still connect.`
        updateAttempt(id, { ending: { tone: 'error', text, next: 'connect' } })
        announce(text, 'assertive')
      })
      .finally(() => void queries.invalidateQueries({ queryKey: standingsOf(org) }))
  }
}
