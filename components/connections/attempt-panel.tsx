'use client'
import { lazy, Suspense, useEffect } from 'react'
import { useKeptFocus } from '#components/ui/use-kept-focus.ts'
import type { ProviderView, SlotView } from '#lib/connections/schema.ts'
import { adoptAttempt, updateAttempt, useAttempt } from './attempts.ts'
import type { Place } from './place.ts'

// fetched with the first attempt: what it shows is long, and most visits have none
const AttemptCurrent = lazy(async () => ({ default: (await import('./attempt-current.tsx')).AttemptCurrent }))

type Props = { provider: ProviderView; slot: SlotView; place: Place }

/** What goes on, or came out, at one slot: under its row or header, in nobody's way. Nothing while nothing does. */
export function AttemptPanel({ provider, slot, place }: Props) {
  const attempt = useAttempt(place.org.slug, provider.id, slot.slot)
  const kept = useKeptFocus<HTMLDivElement>()
  useAdoption({ provider, slot, place })
  usePresence(attempt?.id)
  if (!attempt) return null
  return (
    <div {...kept} data-attempt={attempt.id}>
      <Suspense fallback={null}>
        <AttemptCurrent attempt={attempt} provider={provider} slot={slot} place={place} />
      </Suspense>
    </div>
  )
}

/** An attempt begun in another tab of the same person is the same attempt here. */
function useAdoption({ provider, slot, place }: Props): void {
  const { id, startedAt } = slot.attempt ?? {}
  useEffect(() => {
    if (!id || !startedAt) return
    adoptAttempt({
      id,
      org: place.org.slug,
      provider: provider.id,
      name: provider.name,
      slot: slot.slot,
      startedAt: Date.parse(startedAt),
    })
  }, [id, startedAt, place.org.slug, provider.id, provider.name, slot.slot])
}

/** Tells the shell that it need not show this attempt itself. */
function usePresence(id: string | undefined): void {
  useEffect(() => {
    if (!id) return
    updateAttempt(id, { panels: 1 })
    return () => updateAttempt(id, { panels: 0 })
  }, [id])
}
