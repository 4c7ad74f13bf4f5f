'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { useKeptFocus } from '#components/ui/use-kept-focus.ts'
import type { NextAction, ProviderView, SlotView, Standing } from '#lib/connections/schema.ts'
import { AlsoConnect } from './also-connect.tsx'
import type { Attempt } from './attempts.ts'
import { ConnectForm } from './connect-form.tsx'
import { isKeyMethod, keyMethodOf } from './key-words.ts'
import { LazyKeyDialog } from './lazy-key-dialog.tsx'
import { adminsOnly, type Place, providerPath } from './place.ts'
import { RequestAction } from './request-action.tsx'
import { useCancel } from './use-cancel.ts'
import { useSwitch } from './use-switch.ts'
import { VerifyAction } from './verify-action.tsx'

type Props = {
  provider: ProviderView
  slot: SlotView
  standing: Standing
  attempt: Attempt | undefined
  place: Place
  /** On the provider's own pages an Overview button would lead nowhere new. */
  isOnPage?: boolean
  /** Names the form, for a menu that sends it; once a page. */
  formId?: string
}

/** Sends the form of that name in this very tab. */
export function continueHere(formId: string): void {
  const form = document.getElementById(formId)
  const here = form?.querySelector<HTMLButtonElement>('button[formtarget="_self"]')
  if (form instanceof HTMLFormElement && here) form.requestSubmit(here)
}

/** Whether the main button of a slot is one that goes to the provider. */
export const canConnect = ({ nextAction }: Standing): boolean =>
  ['connect', 'reconnect', 'grant_missing'].includes(nextAction?.may ? nextAction.id : '')

/** Whether the main button of a slot is one that takes a key. */
function asksForKey({ id, may }: NextAction, { methods, connection }: SlotView): boolean {
  const isPasted = methods.some((method) => method.id === connection?.method && isKeyMethod(method))
  return may && (id === 'configure' || id === 'replace_key' || (id === 'take_over' && isPasted))
}

/** Why there is no button, for somebody who may not: a sentence with whom to ask. Null for those who may. */
export function refusalOf({ nextAction }: Standing, { slot }: SlotView, name: string, place: Place): string | null {
  if (!nextAction || nextAction.may) return null
  if (nextAction.id === 'enable') return adminsOnly(`enable ${name}`, place.admins)
  if (nextAction.id === 'cancel') return null
  if (nextAction.id === 'verify_access') return adminsOnly(`verify access to ${name}`, place.admins)
  if (slot === 'user') return `Your role can't connect an account at ${name}.`
  if (nextAction.id === 'replace_key') return adminsOnly(`replace the key of ${name}`, place.admins)
  const verb = nextAction.id === 'reconnect' ? 'reconnect' : 'connect'
  return adminsOnly(`${verb} ${name} for everyone in ${place.org.name}`, place.admins)
}

/** Where the focus goes when a slot has no button left: what came of it, else what else can be done there. */
function heir(around: HTMLElement): HTMLElement | null | undefined {
  const home = around.closest('[data-provider]')
  const controls = ['a[href], button', '[data-attempt] :is(a[href], button)', 'button'].flatMap((one, at) => [
    ...((at === 0 ? around : home)?.querySelectorAll<HTMLElement>(one) ?? []),
  ])
  return controls.find((control) => control.checkVisibility())
}

/** The one button of a slot: what to do about its status. */
export function MainAction(props: Props) {
  const kept = useKeptFocus<HTMLDivElement>(heir)
  const [isAsking, setIsAsking] = useState(false)
  const { provider, slot, place } = props
  const method = keyMethodOf(slot)
  return (
    <div {...kept} data-main-action className="empty:hidden">
      <Action {...props} onKey={() => setIsAsking(true)} />
      {isAsking && method && (
        <LazyKeyDialog {...{ provider, slot, method, place }} onClose={() => setIsAsking(false)} />
      )}
    </div>
  )
}

type ActionProps = Props & { onKey: () => void }

function Action({ provider, slot, standing, attempt, place, isOnPage = false, formId, onKey }: ActionProps) {
  const path = providerPath(place.org.slug, provider.id)
  const { nextAction, status } = standing
  const isOwnWait = status === 'connecting' && attempt !== undefined
  // on its own pages access is verified where the steps and the results stand
  if (nextAction?.id === 'verify_access') return isOnPage ? null : <VerifyAction {...{ provider, standing, place }} />
  if (nextAction && asksForKey(nextAction, slot))
    return <KeyAction action={nextAction} name={provider.name} onKey={onKey} />
  if (isOwnWait || canConnect(standing) || (nextAction?.id === 'take_over' && nextAction.may))
    return (
      <ConnectAction
        {...{ provider, slot, standing, place, formId, isOnPage }}
        label={nextAction?.label ?? 'Connect'}
        isRepair={nextAction?.id === 'reconnect'}
        attempt={isOwnWait ? attempt : undefined}
      />
    )
  if (nextAction?.id === 'enable' && nextAction.may) return <Enable provider={provider} org={place.org.slug} />
  const link = linkOf(standing)
  const leads = !isOnPage || link.label !== 'Overview'
  const otherwise = leads && (
    <ButtonLink size="row" href={path + link.rest} aria-label={`${link.label}: ${provider.name}`}>
      {link.label}
    </ButtonLink>
  )
  return nextAction?.id === 'request' ? <RequestAction {...{ provider, slot, place, otherwise }} /> : otherwise
}

function linkOf({ nextAction }: Standing): { label: string; rest: string } {
  if (nextAction?.id === 'view_logs' && nextAction.may)
    return { label: 'View logs', rest: '/activity?level=problem#failure' }
  if (nextAction?.id === 'how_to_fix' || nextAction?.id === 'who_can_help')
    return { label: nextAction.label, rest: '#attention' }
  if (nextAction?.id === 'details') return { label: nextAction.label, rest: '#plan' }
  if (nextAction?.id === 'check_now') return { label: nextAction.label, rest: '#health' }
  return { label: 'Overview', rest: '' }
}

/** Connect, Reconnect and, while it goes on, Cancel: one button, so that the focus stays on it. */
function ConnectAction({
  provider,
  slot,
  standing,
  place,
  label,
  isRepair,
  attempt,
  formId,
  isOnPage,
}: Omit<Props, 'onKey'> & { label: string; isRepair: boolean }) {
  const cancel = useCancel()
  const isOpening = attempt !== undefined && !attempt.view
  const words = attempt ? (isOpening ? 'Opening…' : 'Cancel') : label
  return (
    <ConnectForm id={formId} provider={provider} slot={slot.slot} connection={slot.connection?.id} place={place}>
      <Button
        type={attempt ? 'button' : 'submit'}
        size="row"
        variant={isRepair && !attempt ? 'primary' : 'secondary'}
        busy={isOpening}
        aria-label={`${words} ${provider.name}`}
        // a second press of a double click must not cancel what the first began
        onClick={attempt && !isOpening ? () => cancel(attempt) : undefined}
      >
        {words}
      </Button>
      <button type="submit" formTarget="_self" hidden tabIndex={-1}>
        Continue in this tab
      </button>
      {isOnPage && <AlsoConnect slot={slot} standing={standing} className="mt-2" />}
    </ConnectForm>
  )
}

/** Configure, or Replace key: opens the dialog that takes one. */
function KeyAction({ action: { id, label }, name, onKey }: { action: NextAction; name: string; onKey: () => void }) {
  const isRepair = id !== 'configure'
  return (
    <Button
      size="row"
      variant={isRepair && id !== 'take_over' ? 'primary' : 'secondary'}
      aria-haspopup="dialog"
      aria-label={isRepair ? `${label}: ${name}` : `${label} ${name}`}
      onClick={onKey}
    >
      {label}
    </Button>
  )
}

function Enable({ provider, org }: { provider: ProviderView; org: string }) {
  const turn = useSwitch(provider, org)
  const [busy, setBusy] = useState(false)
  const enable = async () => {
    setBusy(true)
    await turn(true)
    setBusy(false)
  }
  return (
    <Button
      size="row"
      busy={busy}
      aria-label={`Enable ${provider.name}`}
      onClick={busy ? undefined : () => void enable()}
    >
      Enable
    </Button>
  )
}
