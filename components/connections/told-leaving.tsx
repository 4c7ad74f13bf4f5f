'use client'
import { useEffect, useRef } from 'react'
import type { ProviderView, SlotView } from '#lib/connections/schema.ts'
import { useAttempt } from './attempts.ts'
import type { Place } from './place.ts'
import { type Outcome, Told } from './told.tsx'

type Props = { outcome: Outcome | undefined; provider: ProviderView; slot: SlotView; place: Place; onOver: () => void }

const button = '[data-main-action] :is(a, button)'

/** Where one goes on from after a disconnect whose button went with the connection: the main button of that place. */
function takeFocus(from: Element | null, provider: string, slot: string): void {
  if (document.activeElement !== document.body) return
  const own = `[data-provider="${CSS.escape(provider)}"]`
  const candidates = [
    from?.closest(own)?.querySelector<HTMLElement>(button),
    ...[`${own}[data-slot="${slot}"] ${button}`, `${own} ${button}`, 'main h1'].map((one) =>
      document.querySelector<HTMLElement>(one),
    ),
  ]
  candidates.find((one) => one?.checkVisibility())?.focus()
}

/** What came of a disconnect, for as long as that is the last that happened there; then `onOver` drops it. */
export function ToldLeaving({ outcome, provider, slot, place, onOver }: Props) {
  const isOver = useAttempt(place.org.slug, provider.id, slot.slot) !== undefined
  const isShown = outcome !== undefined && !isOver && slot.status === 'disconnected'
  const note = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: acts when it ends, whoever then drops it
  useEffect(() => {
    if (isOver && outcome) onOver()
  }, [isOver, outcome])
  useEffect(() => {
    if (isShown) takeFocus(note.current, provider.id, slot.slot)
  }, [isShown, provider.id, slot.slot])
  if (!isShown) return null
  return (
    <div ref={note}>
      <Told outcome={outcome} />
    </div>
  )
}
