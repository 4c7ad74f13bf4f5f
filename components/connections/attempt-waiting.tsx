'use client'
import { useEffect, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Details } from '#components/ui/details.tsx'
import { Jack } from '#components/ui/jack.tsx'
import { ATTEMPT_WATCHED_MS } from '#lib/attempts/client.ts'
import { isFinal } from '#lib/attempts/status.ts'
import type { ProviderView, SlotView } from '#lib/connections/schema.ts'
import type { Attempt } from './attempts.ts'
import { ConnectForm } from './connect-form.tsx'
import { MismatchDialog } from './mismatch-dialog.tsx'
import type { Place } from './place.ts'
import { ScopeList } from './scope-list.tsx'
import { AwaitedSite, siteQuestion } from './site-choice.tsx'
import { clockText, useElapsed } from './use-elapsed.ts'

/** How long the provider's tab may take to reach our server before we say that it did not open. */
const OPENS_WITHIN_SECONDS = 3

type Props = { attempt: Attempt; provider: ProviderView; slot: SlotView; place: Place; onCancel: () => void }

/** An attempt under way: what to do, how long it has been, and the ways out. */
export function AttemptWaiting({ attempt, provider, slot, place, onCancel }: Props) {
  const seconds = useElapsed(attempt.startedAt)
  const { view } = attempt
  const hasArrived = view != null && view.status !== 'none'
  const isMissing = !hasArrived && seconds >= OPENS_WITHIN_SECONDS
  const also = slot.also.filter(({ id }) => attempt.also?.includes(id)).flatMap(({ scopes }) => scopes)
  const asked = [...provider.scopes, ...also].filter(
    ({ name }, at, all) => all.findIndex((one) => one.name === name) === at,
  )
  const text = textOf(attempt, provider.name, place.org.name)
  useAnnounced(isMissing ? `The ${provider.name} tab didn't open` : hasArrived ? text : null)
  return (
    <div className="grid gap-2 rounded-control border border-line bg-paper px-3 py-2.5">
      {isMissing ? <TabHelp name={provider.name} /> : <p>{text}</p>}
      {view?.status === 'choosing' && <AwaitedSite attempt={attempt} view={view} organization={place.org.name} />}
      {isRepair(slot) && <p className="text-ink-2">Reconnecting replaces the old token. Project selections stay.</p>}
      {hasArrived && (
        <p className="flex items-center gap-1.5 text-ink-3 text-small">
          <Jack name="busy" className="text-busy-icon" />
          <span role="timer" aria-live="off" className="tabular-nums">
            {clockText(seconds)} of {clockText(ATTEMPT_WATCHED_MS / 1000)}
          </span>
        </p>
      )}
      <ConnectForm
        provider={provider}
        slot={slot.slot}
        connection={slot.connection?.id}
        place={place}
        also={attempt.also}
        className="flex flex-wrap gap-2"
      >
        <Button size="row" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" size="row" formTarget="_blank">
          {isMissing ? 'Try again' : `Open the ${provider.name} page again`}
        </Button>
        <Button type="submit" size="row" formTarget="_self">
          {isMissing ? 'Continue in this tab' : 'Continue in this tab instead'}
        </Button>
      </ConnectForm>
      <Details summary={`What ${provider.name} will ask you to allow`}>
        <ScopeList scopes={asked} />
      </Details>
      {view?.status === 'mismatch' && <MismatchDialog attempt={attempt} view={view} name={provider.name} />}
    </div>
  )
}

/** Whether something stands there that it takes the place of. */
const isRepair = ({ connection, beneath, status }: SlotView): boolean =>
  connection !== null && (beneath?.status ?? status) !== 'disconnected'

/** Nothing once it has ended: how it ended is said elsewhere. */
function textOf({ view }: Attempt, name: string, organization: string): string {
  if (view && isFinal(view.status)) return ''
  if (view?.status === 'returned') return 'Finishing up…'
  if (view?.status === 'choosing') return siteQuestion(organization)
  if (view?.status === 'mismatch') return `You signed in at ${name} with a different account.`
  if (view?.status === 'opened')
    return `Complete ${name} authorization in the new tab, then return here. We'll detect when you're connected.`
  return `Opening ${name}…`
}

/** Says a sentence to screen readers once, when it comes to be true. */
function useAnnounced(text: string | null): void {
  useEffect(() => {
    if (text) announce(text)
  }, [text])
}

function TabHelp({ name }: { name: string }) {
  // read when it is drawn, which is never on the server
  const [host] = useState(() => location.host)
  return (
    <div className="grid max-w-read gap-1">
      <h3 className="font-semibold">The {name} tab didn't open</h3>
      <p>Allow popups for {host}, then try again.</p>
      <p>Inside an embedded frame? Your browser may need permission for popups from this frame.</p>
    </div>
  )
}
