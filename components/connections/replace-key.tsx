'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { ProviderView, SlotView, Standing } from '#lib/connections/schema.ts'
import { isKeyMethod, isReplacing } from './key-words.ts'
import { LazyKeyDialog } from './lazy-key-dialog.tsx'
import type { Place } from './place.ts'

type Props = { provider: ProviderView; slot: SlotView; standing: Standing; place: Place }

/** The way to another key for a connection that works by one, where the main button is not that already. */
export function ReplaceKey({ provider, slot, standing, place }: Props) {
  const [isOpen, setIsOpen] = useState(false)
  const method = slot.methods.filter(isKeyMethod).find((one) => isReplacing(slot, one))
  if (!method || !slot.may.connect || standing.nextAction?.id === 'replace_key') return null
  return (
    <>
      <Button size="row" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        Replace {method.noun}
      </Button>
      {isOpen && <LazyKeyDialog {...{ provider, slot, method, place }} onClose={() => setIsOpen(false)} />}
    </>
  )
}
