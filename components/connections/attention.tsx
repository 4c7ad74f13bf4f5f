'use client'
import { Notice } from '#components/ui/notice.tsx'
import { OwnTime } from '#components/ui/time.tsx'
import type { ProviderView, SlotView, Standing } from '#lib/connections/schema.ts'
import { badgeText, commonCauses, filterGroups } from '#lib/connections/status.ts'
import { useAttempt } from './attempts.ts'
import { MainAction, refusalOf } from './main-action.tsx'
import type { Place } from './place.ts'
import { helpFor, slotTitle } from './slot-words.ts'
import { standingOf } from './standing.ts'

type Props = { provider: ProviderView; place: Place }

/** What is wrong, why that happens, the one thing to do, and what still works. Nothing while all is well. */
export function Attention({ provider, place }: Props) {
  return (
    <div id="attention" className="grid scroll-mt-16 gap-3 empty:hidden">
      {provider.slots.map((slot) => (
        <SlotAttention key={slot.slot} provider={provider} slot={slot} place={place} />
      ))}
    </div>
  )
}

function SlotAttention({ provider, slot, place }: Props & { slot: SlotView }) {
  const attempt = useAttempt(place.org.slug, provider.id, slot.slot)
  const standing = standingOf(slot, attempt)
  const { status, signal, nextAction } = standing
  if (nextAction?.id === 'verify_access') return null // told where it is verified
  const isOff = status === 'disabled' && slot.slot === provider.slots[0]?.slot
  if (!filterGroups.attention.has(status, signal) && !isOff) return null
  const title = provider.slots.length > 1 && !isOff ? `${slotTitle(provider, slot)}: ` : ''
  return (
    <Notice
      tone={signal === 'red' ? 'error' : isOff ? 'info' : 'warn'}
      actions={<MainAction {...{ provider, slot, standing, attempt, place }} isOnPage />}
    >
      <h2 className="font-semibold">
        {title}
        {badgeText(status, provider.name)}
      </h2>
      <Words provider={provider} slot={slot} standing={standing} place={place} />
    </Notice>
  )
}

function Words({ provider, slot, standing, place }: Props & { slot: SlotView; standing: Standing }) {
  const { status, signal, reason, reasonCode, remedy } = standing
  const isInvalid = filterGroups.invalid.has(status)
  const isShort = reasonCode === 'scopes_required'
  const help = helpFor(reasonCode, provider.name)
  const refusal = refusalOf(standing, slot, provider.name, place)
  return (
    <div className="grid gap-2">
      {reason && (
        <p>
          <OwnTime>{reason}</OwnTime>.
        </p>
      )}
      {help && <p>{help}</p>}
      {remedy && <p>{remedy}</p>}
      {isInvalid && !isShort && (
        <div>
          <p>Common causes:</p>
          <ul className="list-disc ps-5">
            {commonCauses(provider.name).map((cause) => (
              <li key={cause}>{cause}</li>
            ))}
          </ul>
        </div>
      )}
      {(isInvalid || signal === 'red') && (
        <p>What still works: Project settings and past data stay. Cards ask to reconnect. Syncs are paused.</p>
      )}
      {status === 'disabled' && <p>Credentials are kept. Syncs and boards pause until it is enabled again.</p>}
      {isInvalid && <p>Reconnecting replaces the old token. Project selections stay.</p>}
      {refusal && <p>{refusal}</p>}
    </div>
  )
}
