'use client'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { ProviderView, SlotView } from '#lib/connections/schema.ts'
import type { Place } from './place.ts'

const RequestDialog = lazy(async () => ({ default: (await import('./request-dialog.tsx')).RequestDialog }))

type Props = { provider: ProviderView; slot: SlotView; place: Place; otherwise: ReactNode }

/** Asks for what one may not connect; `otherwise` stands there while the answer is awaited. */
export function RequestAction({ provider, slot, place, otherwise }: Props) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      {slot.request?.status === 'open' ? (
        otherwise
      ) : (
        <Button
          size="row"
          aria-haspopup="dialog"
          aria-label={`Request ${provider.name}`}
          onClick={() => setIsOpen(true)}
        >
          Request
        </Button>
      )}
      {isOpen && (
        <Suspense fallback={null}>
          <RequestDialog provider={provider} place={place} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
