'use client'
import { useQuery } from '@tanstack/react-query'
import { AttemptPanel } from '#components/connections/attempt-panel.tsx'
import { useAttempt } from '#components/connections/attempts.ts'
import { MainAction } from '#components/connections/main-action.tsx'
import type { Place } from '#components/connections/place.ts'
import { standingOf } from '#components/connections/standing.ts'
import { Jack } from '#components/ui/jack.tsx'
import { providerOf } from '#lib/connections/client.ts'
import type { NextAction, ProviderView, SlotView } from '#lib/connections/schema.ts'

type Named = { provider: string; name: string; account: string }

/** To reconnect as oneself: the connection keeps its id and everything that refers to it. */
const takeOver: NextAction = { id: 'take_over', label: 'Take over now', who: 'admins', may: true }

type Props = {
  named: Named
  /** Who leaves, or has left. */
  maker: string
  place: Place
  /** As the page was drawn. */
  initial?: ProviderView
}

/** A connection for everyone whose maker leaves or has left, and the way to make it one's own. */
export function HandOver({ named, maker, place, initial }: Props) {
  const { data } = useQuery({
    ...providerOf(place.org.slug, named.provider),
    ...(initial ? { initialData: initial } : {}),
    refetchInterval: false,
  })
  const slot = data?.slots.find((entry) => entry.slot === 'organization')
  return (
    <li className="grid gap-2" data-provider={named.provider}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="min-w-0 wrap-anywhere">
          <span className="font-medium">{named.name}</span> <span className="text-ink-2">{named.account}</span>
        </span>
        {data && slot && <TakeOver provider={data} slot={slot} maker={maker} place={place} />}
      </div>
      {data && slot && <AttemptPanel provider={data} slot={slot} place={place} />}
    </li>
  )
}

type TakeOverProps = Pick<Props, 'maker' | 'place'> & { provider: ProviderView; slot: SlotView }

function TakeOver({ provider, slot, maker, place }: TakeOverProps) {
  const attempt = useAttempt(place.org.slug, provider.id, slot.slot)
  const standing = standingOf(slot, attempt)
  const isTaken = slot.connection !== null && slot.connection.createdBy.id !== maker
  const waits = standing.status === 'connecting'
  const isOpen = provider.enabled && slot.may.connect // else the slot's own action says what comes first
  const nextAction = waits || !isOpen ? standing.nextAction : isTaken ? null : takeOver
  return (
    <div>
      {isTaken && !waits && (
        <span className="inline-flex items-center gap-1.5 text-ok">
          <Jack name="check" className="text-ok-icon" />
          {slot.connection?.createdBy.name} has it now
        </span>
      )}
      {/* stays when there is nothing left to press: it hands the focus on */}
      <MainAction {...{ provider, slot, attempt, place }} standing={{ ...standing, nextAction }} isOnPage />
    </div>
  )
}
