'use client'
import type { ProviderView, SlotView } from '#lib/connections/schema.ts'
import { useAttempt } from './attempts.ts'
import { HubStanding } from './hub-standing.tsx'
import { MainAction } from './main-action.tsx'
import type { Place } from './place.ts'
import { slotTitle } from './slot-words.ts'
import { identityOf, standingOf } from './standing.ts'

type Props = { provider: ProviderView; slot: SlotView; place: Place; isUnknown: boolean }

/** The organization's connection of a provider where everybody also has their own; in native mode the other way round. */
export function HubSecondLine({ provider, slot, place, isUnknown }: Props) {
  const attempt = useAttempt(place.org.slug, provider.id, slot.slot)
  const standing = standingOf(slot, attempt)
  return (
    <div
      data-slot={slot.slot}
      className="-col-end-1 col-start-2 grid grid-cols-subgrid items-center gap-y-1 border-line border-t pt-1.5"
    >
      <p className="font-medium text-small">{slotTitle(provider, slot)}</p>
      <p className="col-start-1 text-ink-2 text-small @min-[52rem]:col-start-2">{identityOf(slot, place.org.name)}</p>
      <HubStanding
        {...{ provider, slot, standing, place, isUnknown }}
        className="col-start-1 @min-[36rem]:col-start-2 @min-[52rem]:col-start-3"
      />
      <div className="col-start-1 @min-[36rem]:col-start-3 @min-[36rem]:row-span-2 @min-[36rem]:row-start-1 @min-[36rem]:justify-self-end @min-[52rem]:col-start-5 @min-[52rem]:row-span-1">
        <MainAction {...{ provider, slot, standing, attempt, place }} />
      </div>
    </div>
  )
}
