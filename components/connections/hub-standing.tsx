'use client'
import { cx } from 'class-variance-authority'
import { Badge } from '#components/ui/badge.tsx'
import { Jack } from '#components/ui/jack.tsx'
import { OwnTime, Time } from '#components/ui/time.tsx'
import type { ProviderView, SlotView, Standing } from '#lib/connections/schema.ts'
import { canConnect, refusalOf } from './main-action.tsx'
import type { Place } from './place.ts'
import { RequestLine } from './request-line.tsx'
import { isThere, whatIsGiven } from './slot-words.ts'
import { badgeOf, othersAttempt } from './standing.ts'

type Shown = {
  provider: ProviderView
  slot: SlotView
  standing: Standing
  place: Place
  /** The statuses could not be asked for. */
  isUnknown: boolean
  /** Where the badge stands among the columns. */
  className: string
}

const badgeCell = cx(
  'flex flex-wrap items-center gap-x-3 gap-y-1',
  '@min-[36rem]:row-span-2 @min-[36rem]:row-start-1 @min-[36rem]:grid',
  '@min-[52rem]:row-span-1 @min-[52rem]:row-start-1 @min-[52rem]:block',
)

/** The badge and the line that says why; the badge is left out where the statuses could not be asked. */
export function HubStanding({ provider, slot, standing, place, isUnknown, className }: Shown) {
  return (
    <>
      <div className={cx(badgeCell, className)}>
        {isUnknown ? <Unavailable /> : <Badge {...badgeOf(provider.name, standing)} />}
        <ReasonLine {...{ provider, slot, standing, place }} className="@min-[52rem]:hidden" />
      </div>
      <ReasonLine {...{ provider, slot, standing, place }} className="hidden @min-[52rem]:block" />
    </>
  )
}

function Unavailable() {
  return (
    <span className="inline-flex h-6 items-center gap-1.5 text-ink-2 text-small">
      <Jack name="note" className="text-busy-icon" />
      Status unavailable
    </span>
  )
}

function ReasonLine({ provider, slot, standing, place, className }: Omit<Shown, 'isUnknown'>) {
  const other = othersAttempt(slot)
  const refusal = refusalOf(standing, slot, provider.name, place)
  const { connection } = slot
  const whatIsGivenHere = canConnect(standing) && !isThere(slot) ? whatIsGiven(provider, place.org.name) : null
  return (
    <p className={`min-w-0 text-ink-3 text-small ${className}`}>
      {standing.reason && standing.signal === 'green' ? (
        <Chip>{standing.reason}</Chip>
      ) : (
        standing.reason && <OwnTime>{standing.reason}</OwnTime>
      )}
      {whatIsGivenHere && <span className="block">{whatIsGivenHere}</span>}
      {other && (
        <>
          {other.startedBy} is connecting {provider.name} now (started <Time value={other.startedAt} />
          ).
        </>
      )}
      {!standing.reason && !other && connection && standing.status === 'connected' && (
        <Freshness connection={connection} />
      )}
      {refusal && <span className="block">{refusal}</span>}
      {slot.request && !other && (
        <span className="block">
          <RequestLine request={slot.request} admins={place.admins} />
        </span>
      )}
    </p>
  )
}

/** Something to know that nobody has to mend. */
function Chip({ children }: { children: string }) {
  return (
    <span className="inline-flex max-w-full items-center gap-1.5 rounded-badge border border-line px-1.5">
      <Jack name="note" className="shrink-0 text-busy-icon" />
      <span className="min-w-0">{children}</span>
    </span>
  )
}

function Freshness({ connection }: { connection: NonNullable<SlotView['connection']> }) {
  const { lastSync, verifiedAt } = connection
  if (lastSync)
    return (
      <>
        Synced <Time value={lastSync} />
      </>
    )
  return verifiedAt ? (
    <>
      Checked <Time value={verifiedAt} />
    </>
  ) : null
}
