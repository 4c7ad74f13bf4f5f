'use client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Details } from '#components/ui/details.tsx'
import { AlertDialog } from '#components/ui/dialog.tsx'
import { impactOf } from '#lib/connections/client.ts'
import type { ProviderView, SlotView } from '#lib/connections/schema.ts'
import { ForceDisconnect } from './force-disconnect.tsx'
import { isInUse } from './impact-words.ts'
import { LeaveImpact } from './leave-impact.tsx'
import { LeaveSteps } from './leave-steps.tsx'
import { LeaveVerified } from './leave-verified.tsx'
import { RevokeSteps } from './revoke-steps.tsx'
import type { Outcome } from './told.tsx'
import { useLeaving } from './use-leaving.ts'
import { wayOut } from './way-out.ts'

/** How long the question waits for what disconnecting would touch; then it may be answered without. */
const IMPACT_WITHIN_MS = 5_000

type Props = {
  provider: Pick<ProviderView, 'id' | 'name' | 'leave' | 'verified'>
  slot: SlotView
  org: { slug: string; name: string }
  onClose: () => void
  onDone: (outcome: Outcome) => void
}

/** Asks before a connection is ended; one that is verified at the provider is ended there. */
export function DisconnectDialog(props: Props) {
  const { provider, slot } = props
  const [verified] = useState(slot.connection?.method === 'verified' ? provider.verified : undefined)
  return verified ? <LeaveVerified {...props} end={verified.end} /> : <Ask {...props} />
}

/** What it touches, what stays, what we do, and the way out when it is stuck. */
function Ask({ provider, slot: now, org, onClose, onDone }: Props) {
  // what it is about must not change under the person who answers: the page goes on asking how things stand
  const [slot] = useState(now)
  const impact = useQuery(impactOf(org.slug, slot.connection?.id ?? ''))
  const isCounting = useWithin(IMPACT_WITHIN_MS) && impact.isPending
  const way = wayOut(provider, slot)
  const { busy, ended, problem, leave } = useLeaving({ provider, slot, org: org.slug, way, onClose, onDone })
  const { name } = provider
  const noun = slot.methods.find(({ id }) => id === slot.connection?.method)?.noun ?? 'token'
  return (
    <AlertDialog
      title={`Disconnect ${name}?`}
      confirm={`Disconnect ${name}`}
      busy={busy !== null || isCounting}
      onConfirm={() => void leave(false)}
      onClose={onClose}
      more={
        <>
          <Details summary={`Fully revoke at ${name}`}>
            <RevokeSteps name={name} {...way} />
          </Details>
          <ForceDisconnect
            name={name}
            isTyped={isInUse(impact.data)}
            busy={busy === 'force' || isCounting}
            onForce={() => void leave(true)}
          />
          {problem && <p className="text-error">{problem}</p>}
        </>
      }
    >
      <LeaveImpact impact={impact.data} isCounting={isCounting} isError={impact.isError} name={name} />
      <p>Project settings and past data stay. New syncs skip {name} until it's reconnected.</p>
      <LeaveSteps {...{ name, noun, ended }} revokes={way.revokes} isRunning={busy === 'ask'} />
    </AlertDialog>
  )
}

/** True until the time is over. */
function useWithin(ms: number): boolean {
  const [isWithin, setIsWithin] = useState(true)
  useEffect(() => {
    const timer = setTimeout(() => setIsWithin(false), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return isWithin
}
