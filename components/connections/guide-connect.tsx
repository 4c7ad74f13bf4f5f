'use client'
import { Badge } from '#components/ui/badge.tsx'
import { Panel } from '#components/ui/panel.tsx'
import type { GuideWay } from '#lib/connections/describe-guide.ts'
import type { ProviderView, SlotView } from '#lib/connections/schema.ts'
import { audienceOf } from '#lib/connections/status.ts'
import { AttemptPanel } from './attempt-panel.tsx'
import { useAttempt } from './attempts.ts'
import { MainAction, refusalOf } from './main-action.tsx'
import { OtherWays } from './other-ways.tsx'
import type { Place } from './place.ts'
import { methodNames, slotTitle, whatIsGiven } from './slot-words.ts'
import { badgeOf, mainSlot, standingOf } from './standing.ts'

const isVerified = ({ type }: { type: string }): boolean => type === 'verified'

type Props = { provider: ProviderView; ways: readonly GuideWay[]; place: Place }

/** Each way to connect in steps, and the buttons that take them. */
export function GuideConnect({ provider, ways, place }: Props) {
  const given = whatIsGiven(provider, place.org.name)
  return (
    <>
      {ways.map((way) => (
        <Way key={way.type} way={way} name={provider.name} isOnly={ways.length === 1} />
      ))}
      {given && <p className="max-w-read">{given}</p>}
      <Panel className="max-w-read">
        {provider.slots.map((slot) => (
          <SlotLine key={slot.slot} provider={provider} slot={slot} place={place} />
        ))}
      </Panel>
    </>
  )
}

function Way({
  way: { type, steps, makeAt, makeLabel },
  name,
  isOnly,
}: {
  way: GuideWay
  name: string
  isOnly: boolean
}) {
  const title = type === 'oauth2' ? `Sign in at ${name}` : `With ${(methodNames[type] ?? type).replace(/^P/, 'a p')}`
  return (
    <div className="grid max-w-read grid-cols-1 gap-2">
      {!isOnly && <h3 className="font-semibold">{title}</h3>}
      <ol className="grid list-decimal gap-1 ps-5">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {makeAt && (
        <p>
          <a className="link" href={makeAt} target="_blank" rel="noreferrer">
            {makeLabel} (opens in a new tab)
          </a>
        </p>
      )}
    </div>
  )
}

function SlotLine({ provider, slot, place }: { provider: ProviderView; slot: SlotView; place: Place }) {
  const attempt = useAttempt(place.org.slug, provider.id, slot.slot)
  const standing = standingOf(slot, attempt)
  const refusal = refusalOf(standing, slot, provider.name, place)
  return (
    <div data-provider={provider.id} data-slot={slot.slot} className="grid gap-3 p-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {provider.slots.length > 1 && <span className="font-medium">{slotTitle(provider, slot)}</span>}
        <Badge {...badgeOf(provider.name, standing)} />
        <span className="text-ink-2">{audienceOf(slot, place.org.name)}</span>
      </div>
      {refusal && <p className="text-ink-2">{refusal}</p>}
      <div className="flex flex-wrap gap-2 empty:hidden">
        <MainAction {...{ provider, slot, standing, attempt, place }} isOnPage={!slot.methods.some(isVerified)} />
        <OtherWays {...{ provider, slot, standing, place }} />
      </div>
      {slot !== mainSlot(provider) && <AttemptPanel provider={provider} slot={slot} place={place} />}
    </div>
  )
}
