'use client'
import { useState } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Panel, PanelSection } from '#components/ui/panel.tsx'
import { OwnTime, Time } from '#components/ui/time.tsx'
import type { ProviderView, SlotView } from '#lib/connections/schema.ts'
import { audienceOf } from '#lib/connections/status.ts'
import { AttemptPanel } from './attempt-panel.tsx'
import { useAttempt } from './attempts.ts'
import { LazyDisconnect } from './lazy-disconnect.tsx'
import { MainAction, refusalOf } from './main-action.tsx'
import { OtherWays } from './other-ways.tsx'
import { adminsOnly, type Place } from './place.ts'
import { RequestLine } from './request-line.tsx'
import { isThere, slotTitle } from './slot-words.ts'
import { badgeOf, mainSlot, othersAttempt, standingOf } from './standing.ts'
import type { Outcome } from './told.tsx'
import { ToldLeaving } from './told-leaving.tsx'

const purposes = {
  organization: 'Reads metadata on a schedule for everyone: names, states and times. Boards never use it.',
  user: 'Everything you see on a board is read with your own account.',
} as const

/** One of the places where a connection can stand: whose it is, how it fares, what to do. */
export function SlotSection({ provider, slot, place }: { provider: ProviderView; slot: SlotView; place: Place }) {
  const attempt = useAttempt(place.org.slug, provider.id, slot.slot)
  const standing = standingOf(slot, attempt)
  const [outcome, setOutcome] = useState<Outcome>()
  const refusal = refusalOf(standing, slot, provider.name, place)
  const other = othersAttempt(slot)
  const hasTwo = provider.slots.length > 1
  return (
    <PanelSection title={slotTitle(provider, slot)} hint={hasTwo ? purposes[slot.slot] : undefined}>
      <Panel data-provider={provider.id} data-slot={slot.slot}>
        <div className="grid gap-3 p-4">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Badge {...badgeOf(provider.name, standing)} />
            <Identity slot={slot} />
          </div>
          {standing.reason && (
            <p className="text-ink-2">
              <OwnTime>{standing.reason}</OwnTime>
            </p>
          )}
          {other && (
            <p className="text-ink-2">
              {other.startedBy} is connecting {provider.name} now (started <Time value={other.startedAt} />
              ).
            </p>
          )}
          <p className="text-ink-2">{audienceOf(slot, place.org.name)}.</p>
          {refusal && <p className="text-ink-2">{refusal}</p>}
          {slot.request && (
            <p className="text-ink-2">
              <RequestLine request={slot.request} admins={place.admins} />
            </p>
          )}
          <div className="flex flex-wrap gap-2">
            <MainAction {...{ provider, slot, standing, attempt, place }} isOnPage />
            <OtherWays {...{ provider, slot, standing, place }} />
            <Leave provider={provider} slot={slot} place={place} onLeft={setOutcome} />
          </div>
          <ToldLeaving {...{ outcome, provider, slot, place }} onOver={() => setOutcome(undefined)} />
          {slot !== mainSlot(provider) && <AttemptPanel provider={provider} slot={slot} place={place} />}
        </div>
      </Panel>
    </PanelSection>
  )
}

function Identity({ slot: { connection, status } }: { slot: SlotView }) {
  if (!connection) return null
  const { account, since, createdBy } = connection
  const label = account.url ? (
    <a className="link" href={account.url} target="_blank" rel="noreferrer">
      {account.label}
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  ) : (
    account.label
  )
  if (status === 'disconnected') return <p>Was {account.label}</p>
  return (
    <p>
      {label}, connected by {createdBy.name}
      {status === 'connected' && (
        <>
          , <Time form="precise" value={since} />
        </>
      )}
    </p>
  )
}

type LeaveProps = { provider: ProviderView; slot: SlotView; place: Place; onLeft: (outcome: Outcome) => void }

/** The way out of a connection, or whom to ask for it. */
export function Leave({ provider, slot, place, onLeft }: LeaveProps) {
  const [isOpen, setIsOpen] = useState(false)
  if (!isThere(slot)) return null
  if (!slot.may.disconnect)
    return <p className="text-ink-2">{adminsOnly(`disconnect ${provider.name}`, place.admins)}</p>
  return (
    <>
      <Button size="row" onClick={() => setIsOpen(true)}>
        Disconnect…
      </Button>
      {isOpen && (
        <LazyDisconnect
          provider={provider}
          slot={slot}
          org={place.org}
          onClose={() => setIsOpen(false)}
          onDone={onLeft}
        />
      )}
    </>
  )
}
