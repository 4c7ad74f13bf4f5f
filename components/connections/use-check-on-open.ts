import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { standingsOf, verifyConnection } from '#lib/connections/client.ts'
import type { ProviderView, SlotView } from '#lib/connections/schema.ts'
import { isThere } from './slot-words.ts'

const OLD_MS = 5 * 60 * 1000

/** What stands in a slot, if nobody has asked its provider for five minutes and this person may. */
function unasked(slot: SlotView): string[] {
  const { connection, may } = slot
  if (!connection || !may.connect || !isThere(slot)) return []
  const last = connection.checkedAt ?? connection.verifiedAt
  return last === null || Date.now() - Date.parse(last) > OLD_MS ? [connection.id] : []
}

/** Asks a provider anew, once, when its page opens and its last answer is old. What comes of it is drawn like any news. */
export function useCheckOnOpen(provider: ProviderView, org: string): void {
  const queries = useQueryClient()
  const hasAsked = useRef(false)
  useEffect(() => {
    if (hasAsked.current) return
    hasAsked.current = true
    const old = provider.enabled ? provider.slots.flatMap(unasked) : []
    if (old.length === 0) return
    void Promise.allSettled(old.map((id) => verifyConnection(org, id))).then(() =>
      queries.invalidateQueries({ queryKey: standingsOf(org) }),
    )
  }, [provider, org, queries])
}
