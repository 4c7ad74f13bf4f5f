'use client'
import { useQueryClient } from '@tanstack/react-query'
import { type ComponentProps, type FormEvent, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { textOf } from '#components/ui/text-of.ts'
import { Time } from '#components/ui/time.tsx'
import { decideRequest, standingsOf } from '#lib/connections/client.ts'
import type { WaitingRequestView } from '#lib/connections/request-schema.ts'
import type { ProviderView } from '#lib/connections/schema.ts'
import { problemOf } from '#lib/platform/client.ts'
import { ConnectForm } from './connect-form.tsx'
import { keyMethodOf } from './key-words.ts'
import { LazyKeyDialog } from './lazy-key-dialog.tsx'
import { canConnect } from './main-action.tsx'
import type { Place } from './place.ts'
import { WORDS } from './request-dialog.tsx'
import { useLastWords } from './use-last-words.ts'

type Props = { provider: ProviderView; place: Place }

/** Who asks for a provider and why, to be approved, which begins to connect it, or declined. */
export function Requests({ provider, place }: Props) {
  return (
    <ul aria-label={`Requests for ${provider.name}`} className="grid gap-2">
      {provider.requests.map((request) => (
        <Waiting key={request.id} {...{ provider, place, request }} />
      ))}
    </ul>
  )
}

type WaitingProps = Props & { request: WaitingRequestView }

function Waiting({ provider, place, request }: WaitingProps) {
  const [isDeclining, setIsDeclining] = useState(false)
  const { busy, problem, decide } = useDecision(place.org.slug, request, provider.name)
  const { who, reason, at } = request
  return (
    <li className="grid gap-2 rounded-control border border-line bg-paper px-3 py-2">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="min-w-0 max-w-read">
          <strong className="font-semibold">{who}</strong> asks to connect {provider.name} for everyone,{' '}
          <Time value={at} />
          {reason && <span className="block break-words text-ink-2">“{reason}”</span>}
        </p>
        <div className="flex flex-wrap gap-2">
          <Approve {...{ provider, place, request, busy }} onApprove={() => void decide({ decision: 'approved' })} />
          <Button
            size="row"
            aria-haspopup="dialog"
            aria-label={`Decline the request of ${who}`}
            onClick={() => setIsDeclining(true)}
          >
            Decline…
          </Button>
        </div>
      </div>
      {problem && !isDeclining && <p className="text-error">{problem}</p>}
      {isDeclining && (
        <DeclineDialog
          {...{ busy, problem, who }}
          name={provider.name}
          onDecline={(note) => decide({ decision: 'declined', note })}
          onClose={() => setIsDeclining(false)}
        />
      )}
    </li>
  )
}

type ApproveProps = WaitingProps & { busy: boolean; onApprove: () => void }

/**
 * Where it can be connected at the provider the same press begins that, in a tab of its own. Where it takes a key, the press asks
 * for it: what was asked for is approved once the key is kept, and waits on when there is none.
 */
function Approve({ provider, place, request, busy, onApprove }: ApproveProps) {
  const slot = provider.slots.find((one) => one.slot === 'organization')
  const method = slot && keyMethodOf(slot)
  if (slot?.nextAction?.id === 'configure' && slot.nextAction.may && method)
    return <ApproveWithKey {...{ provider, place, slot, method }} who={request.who} />
  const look = { size: 'row', busy, 'aria-label': `Approve the request of ${request.who}` } as const // as const: a size's name
  if (!slot || !canConnect(slot))
    return (
      <Button {...look} onClick={busy ? undefined : onApprove}>
        Approve
      </Button>
    )
  return (
    <ConnectForm provider={provider} slot={slot.slot} connection={slot.connection?.id} place={place}>
      {/* a submit button all along: what a press changes is drawn before the browser sends the form */}
      <Button {...look} type="submit" onClick={busy ? (event) => event.preventDefault() : onApprove}>
        Approve
      </Button>
    </ConnectForm>
  )
}

type WithKeyProps = Omit<ComponentProps<typeof LazyKeyDialog>, 'onClose'> & { who: string }

function ApproveWithKey({ who, ...asked }: WithKeyProps) {
  const [isAsking, setIsAsking] = useState(false)
  return (
    <>
      <Button
        size="row"
        aria-haspopup="dialog"
        aria-label={`Approve the request of ${who}`}
        onClick={() => setIsAsking(true)}
      >
        Approve…
      </Button>
      {isAsking && <LazyKeyDialog {...asked} onClose={() => setIsAsking(false)} />}
    </>
  )
}

type DeclineProps = {
  who: string
  name: string
  busy: boolean
  problem: string
  onDecline: (note: string) => Promise<boolean>
  onClose: () => void
}

function DeclineDialog({ who, name, busy, problem, onDecline, onClose }: DeclineProps) {
  const decline = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!busy && (await onDecline(textOf(event.currentTarget, 'note')))) onClose()
  }
  return (
    <Dialog
      title={`Decline ${name} for ${who}?`}
      description="They are told by mail, and can ask again."
      onClose={onClose}
    >
      <form className="grid gap-4" onSubmit={(event) => void decline(event)}>
        <Field label="Note (optional)" hint={`Why, or what to use instead. ${who} reads it.`}>
          {(control) => <Textarea {...control} name="note" rows={3} maxLength={WORDS} />}
        </Field>
        {problem && <p className="text-error">{problem}</p>}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Decline request
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

type Decision = { decision: 'approved' | 'declined'; note?: string }

/** False where it could not be decided, and then why. */
function useDecision(org: string, { id, who }: WaitingRequestView, name: string) {
  const queries = useQueryClient()
  const sayLast = useLastWords()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const decide = async (decision: Decision): Promise<boolean> => {
    setBusy(true)
    setProblem('')
    try {
      await decideRequest(org, id, decision)
      sayLast(`${decision.decision === 'approved' ? 'Approved' : 'Declined'} ${name} for ${who}.`)
      void queries.invalidateQueries({ queryKey: standingsOf(org) })
      return true
    } catch (error) {
      setProblem(problemOf(error).message)
      announce(problemOf(error).message, 'assertive')
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, problem, decide }
}
