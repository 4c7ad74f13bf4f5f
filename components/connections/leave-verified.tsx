'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { buttonLook } from '#components/ui/button-look.ts'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import type { AtProvider } from '#lib/connections/native-schema.ts'
import type { ProviderView, SlotView } from '#lib/connections/schema.ts'
import { ForceDisconnect } from './force-disconnect.tsx'
import type { Outcome } from './told.tsx'
import { useLeaving } from './use-leaving.ts'

type Props = {
  provider: Pick<ProviderView, 'id' | 'name'>
  slot: SlotView
  org: { slug: string }
  end: AtProvider
  onClose: () => void
  onDone: (outcome: Outcome) => void
}

/** Verified access is ended where it was given: the way there, and the way out when it is stuck. */
export function LeaveVerified({ provider, slot: now, org, end, onClose, onDone }: Props) {
  // what it is about must not change under the person who answers: the page goes on asking how things stand
  const [slot] = useState(now)
  const way = { revokes: false, by: end.at, steps: end.steps }
  const { busy, problem, leave } = useLeaving({ provider, slot, org: org.slug, way, onClose, onDone })
  return (
    <Dialog title={`Disconnect ${provider.name}`} description={end.why} onClose={onClose}>
      <ol className="grid list-decimal gap-1 ps-5">
        {end.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <ForceDisconnect
        name={provider.name}
        isTyped={false}
        busy={busy !== null}
        clears="the saved setup"
        onForce={() => void leave(true)}
      />
      {problem && <p className="text-error">{problem}</p>}
      <DialogActions>
        <Button data-autofocus onClick={onClose}>
          Cancel
        </Button>
        <a href={end.at} target="_blank" rel="noreferrer" className={buttonLook()}>
          {end.label}
          <span className="sr-only"> (opens in a new tab)</span>
        </a>
      </DialogActions>
    </Dialog>
  )
}
