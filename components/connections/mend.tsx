'use client'
import type { ProviderView } from '#lib/connections/schema.ts'
import { useAttempt } from './attempts.ts'
import { MainAction } from './main-action.tsx'
import type { Place } from './place.ts'
import { standingOf } from './standing.ts'
import { useProvider } from './use-provider.ts'

type Props = { connectionId: string | null; provider: ProviderView; place: Place }

/** The button that brings back the connection of a problem, as long as its credential does not carry it. */
export function Mend({ connectionId, provider: initial, place }: Props) {
  const provider = useProvider(place.org.slug, initial)
  const slot = provider.slots.find(({ connection }) => connection && connection.id === connectionId)
  const attempt = useAttempt(place.org.slug, provider.id, slot?.slot ?? 'user')
  if (slot?.status !== 'needs_reauth' && slot?.status !== 'expired') return null
  return <MainAction {...{ provider, slot, attempt, place }} standing={standingOf(slot, attempt)} isOnPage />
}
