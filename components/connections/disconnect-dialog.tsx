'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Details } from '#components/ui/details.tsx'
import { AlertDialog } from '#components/ui/dialog.tsx'
import { Jack } from '#components/ui/jack.tsx'
import { Loading, Skeleton } from '#components/ui/skeleton.tsx'
import { disconnect, impactOf, standingsOf } from '#lib/connections/client.ts'
import type { DisconnectedView, ImpactView, ProviderView, SlotView } from '#lib/connections/schema.ts'
import { problemOf } from '#lib/platform/client.ts'
import { forgetEnded } from './attempts.ts'
import { RevokeSteps } from './revoke-steps.tsx'
import type { Outcome } from './told.tsx'

/** How long the question waits for what disconnecting would touch; then it may be answered without. */
const IMPACT_WITHIN_MS = 5_000

type Leaving = Pick<ProviderView, 'id' | 'name' | 'leave'>
type Props = {
  provider: Leaving
  slot: SlotView
  org: { slug: string; name: string }
  onClose: () => void
  onDone: (outcome: Outcome) => void
}

/** Asks before a connection is ended: what it touches, what stays, what we do, and the way out when it is stuck. */
export function DisconnectDialog({ provider, slot, org, onClose, onDone }: Props) {
  const id = slot.connection?.id ?? ''
  const impact = useQuery(impactOf(org.slug, id))
  const isPatient = useWithin(IMPACT_WITHIN_MS)
  const isCounting = impact.isPending && isPatient
  const { busy, problem, leave } = useLeaving({ provider, slot: slot.slot, id, org: org.slug, onClose, onDone })
  const { name } = provider
  return (
    <AlertDialog
      title={`Disconnect ${name}?`}
      confirm={`Disconnect ${name}`}
      busy={busy !== null || isCounting}
      onConfirm={() => void leave(false)}
      onClose={onClose}
    >
      {impact.data ? (
        <Impact impact={impact.data} name={name} />
      ) : (
        <NoImpact isCounting={isCounting} isError={impact.isError} name={name} />
      )}
      <p>Project settings and past data stay. New syncs skip {name} until it's reconnected.</p>
      <Steps name={name} isRunning={busy === 'ask'} />
      {provider.leave.steps.length > 0 && (
        <Details summary={`To be sure that nothing is left at ${name}`}>
          <RevokeSteps provider={provider} />
        </Details>
      )}
      <Force name={name} isBusy={busy === 'force'} onForce={() => void leave(true)} />
      {problem && <p className="text-error">{problem}</p>}
    </AlertDialog>
  )
}

function NoImpact({ isCounting, isError, name }: { isCounting: boolean; isError: boolean; name: string }) {
  if (isCounting)
    return (
      <Loading what="what disconnecting touches" className="grid gap-1.5">
        <Skeleton className="h-5 w-64" />
        <Skeleton className="h-5 w-48" />
      </Loading>
    )
  const why = isError ? `Couldn't check what uses ${name}.` : 'Impact unknown.'
  return <p>{why} You can disconnect without knowing.</p>
}

/** The way out when the provider no longer knows us and the ordinary way cannot end. */
function Force({ name, isBusy, onForce }: { name: string; isBusy: boolean; onForce: () => void }) {
  return (
    <div className="grid gap-2 rounded-control border border-line bg-paper px-3 py-2.5">
      <p>
        Connection stuck? If the app was already removed from {name} but Plugboard still shows it as connected, use
        Force Disconnect to clear the stale connection.
      </p>
      <p className="text-ink-2 text-small">Clears the token and saved setup here without contacting {name}.</p>
      <div>
        <Button size="row" className="text-danger" busy={isBusy} onClick={onForce}>
          Force Disconnect
        </Button>
      </div>
    </div>
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

type Leave = { provider: Leaving; slot: SlotView['slot']; id: string; org: string } & Pick<Props, 'onClose' | 'onDone'>

function useLeaving({ provider, slot, id, org, onClose, onDone }: Leave) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState<'ask' | 'force' | null>(null)
  const [problem, setProblem] = useState('')
  const leave = async (force: boolean) => {
    if (busy) return
    setBusy(force ? 'force' : 'ask')
    try {
      const ended = await disconnect(org, id, force)
      await queries.invalidateQueries({ queryKey: standingsOf(org) })
      forgetEnded(org, provider.id, slot)
      onClose()
      onDone(outcomeOf(provider, ended))
    } catch (error) {
      setProblem(problemOf(error).message)
      announce(problemOf(error).message, 'assertive')
      setBusy(null)
    }
  }
  return { busy, problem, leave }
}

/** What a token met at the provider, and whether something is left to do there. */
function outcomeOf({ name, leave }: Leaving, { detail, revocation }: DisconnectedView): Outcome {
  const text = detail.startsWith('Disconnected') ? detail : `${name} disconnected. ${detail}`
  const isLeft = revocation === 'not_confirmed' || revocation === 'not_offered'
  return isLeft ? { tone: 'warn', text, by: { name, href: leave.by } } : { tone: 'ok', text }
}

const counted = (count: number, one: string, many: string): string =>
  `${new Intl.NumberFormat('en').format(count)} ${count === 1 ? one : many}`

function Impact({ impact, name }: { impact: ImpactView; name: string }) {
  const { boards, cards, slot } = impact
  const shown =
    cards === 0
      ? `No board shows ${name} cards.`
      : `${counted(boards, 'board shows', 'boards show')} ${counted(cards, `${name} card`, `${name} cards`)}.`
  const after =
    slot === 'user'
      ? 'Only your own cards change.'
      : `Scheduled syncs and metrics stop. Each person's own ${name} account stays connected.`
  return (
    <ul className="grid list-disc gap-1 ps-5">
      <li>No projects use {name}.</li>
      <li>{shown}</li>
      <li>{after}</li>
    </ul>
  )
}

function Steps({ name, isRunning }: { name: string; isRunning: boolean }) {
  const steps = ['Stop reading with the token', `Revoke it at ${name}`, 'Delete it here']
  return (
    <div className="grid gap-1">
      <p className="flex items-center gap-2 font-medium">
        {isRunning && <Jack name="busy" className="text-busy-icon" />}
        {isRunning ? 'Disconnecting…' : 'What happens'}
      </p>
      <ol className="list-decimal ps-5">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  )
}
