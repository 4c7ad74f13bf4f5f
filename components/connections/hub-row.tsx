'use client'
import { cva, cx } from 'class-variance-authority'
import Link from 'next/link'
import { memo, useState } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { Jack } from '#components/ui/jack.tsx'
import type { MenuItem } from '#components/ui/menu-item.tsx'
import { MoreMenu } from '#components/ui/more-menu.tsx'
import { ProviderIcon } from '#components/ui/provider-icon.tsx'
import { Time } from '#components/ui/time.tsx'
import type { ProviderView, SlotView, Standing } from '#lib/connections/schema.ts'
import { AttemptPanel } from './attempt-panel.tsx'
import { useAttempt } from './attempts.ts'
import { LazyDisconnect } from './lazy-disconnect.tsx'
import { canConnect, continueHere, MainAction, refusalOf } from './main-action.tsx'
import { type Place, providerPath } from './place.ts'
import { badgeOf, identityOf, mainSlot, othersAttempt, secondSlot, standingOf } from './standing.ts'
import { type Outcome, Told } from './told.tsx'

const row = cva('col-span-full grid scroll-mt-16 grid-cols-subgrid items-center gap-y-1.5 px-3', {
  variants: { density: { comfortable: 'min-h-13.5 py-2', compact: 'min-h-10 py-1' } },
})

type Props = { provider: ProviderView; place: Place; isCompact: boolean; isUnknown: boolean }

/** One provider of the hub. Only a row whose provider, or whose attempt, changed is drawn anew. */
export const HubRow = memo(function HubRow({ provider, place, isCompact, isUnknown }: Props) {
  const slot = mainSlot(provider)
  const second = secondSlot(provider)
  const [outcome, setOutcome] = useState<Outcome>()
  if (!slot) return null
  return (
    <li
      id={provider.id}
      data-provider={provider.id}
      className={row({ density: isCompact ? 'compact' : 'comfortable' })}
    >
      <SlotLine {...{ provider, slot, place, isCompact, isUnknown }} onLeft={setOutcome} />
      {second && <SecondLine {...{ provider, place, isUnknown }} slot={second} />}
      <div className="-col-end-1 col-start-2 grid gap-2 empty:hidden">
        <AttemptPanel provider={provider} slot={slot} place={place} />
        {second && <AttemptPanel provider={provider} slot={second} place={place} />}
        {outcome && <Told outcome={outcome} />}
      </div>
    </li>
  )
})

type LineProps = Props & { slot: SlotView; onLeft: (outcome: Outcome) => void }

function SlotLine({ provider, slot, place, isCompact, isUnknown, onLeft }: LineProps) {
  const attempt = useAttempt(place.org.slug, provider.id, slot.slot)
  const standing = standingOf(slot, attempt)
  const path = providerPath(place.org.slug, provider.id)
  const isComing = standing.reasonCode === 'not_built'
  const [isLeaving, setIsLeaving] = useState(false)
  return (
    <>
      <ProviderIcon provider={provider.id} className="self-start @min-[52rem]:self-center" />
      <div className="min-w-0">
        <Link prefetch={false} href={path} className="font-semibold hover:underline">
          {provider.name}
        </Link>
        {!isCompact && <p className="text-ink-3 text-small">{provider.category}</p>}
      </div>
      <div className="col-start-2 min-w-0 @min-[52rem]:col-start-3">
        <p className="text-ink-2 text-small">{identityOf(slot, place.org.name, provider.coverage)}</p>
        {!isCompact && !isComing && <QuickLinks path={path} name={provider.name} />}
      </div>
      <Standings {...{ provider, slot, standing, place, isUnknown }} />
      <div
        className={cx(
          'col-start-2 @min-[36rem]:col-start-4 @min-[36rem]:row-span-2 @min-[36rem]:row-start-1 @min-[36rem]:justify-self-end',
          '@min-[52rem]:col-start-6 @min-[52rem]:row-span-1 @min-[52rem]:row-start-1',
          isComing && '@max-[36rem]:hidden', // its name leads to the same page
        )}
      >
        <MainAction {...{ provider, slot, standing, attempt, place }} formId={formIdOf(provider)} />
      </div>
      <div className="-col-end-1 row-start-1 @min-[36rem]:row-span-2 @min-[36rem]:row-start-1 @min-[52rem]:row-span-1 @min-[52rem]:row-start-1">
        <MoreMenu
          label={`More actions for ${provider.name}`}
          sections={[{ items: itemsOf({ provider, slot, standing, path, onLeave: () => setIsLeaving(true) }) }]}
        />
      </div>
      {isLeaving && (
        <LazyDisconnect
          provider={provider}
          slot={slot}
          org={place.org}
          onClose={() => setIsLeaving(false)}
          onDone={onLeft}
        />
      )}
    </>
  )
}

type Items = { provider: ProviderView; slot: SlotView; standing: Standing; path: string; onLeave: () => void }

const formIdOf = ({ id }: ProviderView) => `connect-${id}`

function itemsOf({ provider, slot, standing, path, onLeave }: Items): MenuItem[] {
  if (standing.reasonCode === 'not_built') return [{ type: 'link', label: 'Overview', href: path }]
  const isThere = slot.connection !== null && !['disconnected', 'disconnecting'].includes(slot.status)
  return [
    { type: 'link', label: 'Overview', href: path },
    { type: 'link', label: 'Metrics', href: `${path}#health` },
    { type: 'link', label: 'Config', href: `${path}/config` },
    ...(canConnect(standing)
      ? [
          {
            type: 'action',
            label: 'Continue in this tab',
            onSelect: () => continueHere(formIdOf(provider)),
          } as const,
        ]
      : []),
    ...(isThere && slot.may.disconnect
      ? [{ type: 'action', label: 'Disconnect…', tone: 'danger', onSelect: onLeave } as const]
      : []),
  ]
}

function QuickLinks({ path, name }: { path: string; name: string }) {
  const links = [
    ['Overview', path],
    ['Metrics', `${path}#health`],
    ['Config', `${path}/config`],
  ] as const
  return (
    <ul aria-label={`Pages of ${name}`} className="flex flex-wrap text-ink-3 text-small">
      {links.map(([label, href], at) => (
        <li key={label} className="whitespace-nowrap">
          {at > 0 && (
            <span aria-hidden="true" className="px-1">
              ·
            </span>
          )}
          <Link
            prefetch={false}
            href={href}
            aria-label={`${label}: ${name}`}
            className="inline-block min-h-6 py-0.5 hover:text-ink hover:underline pointer-coarse:min-h-11 pointer-coarse:py-3"
          >
            {label}
          </Link>
        </li>
      ))}
    </ul>
  )
}

type Shown = { provider: ProviderView; slot: SlotView; standing: Standing; place: Place; isUnknown: boolean }

/** The badge and the line that says why; the badge is left out where the statuses could not be asked. */
function Standings({ provider, slot, standing, place, isUnknown }: Shown) {
  return (
    <>
      <div className="col-start-2 flex flex-wrap items-center gap-x-3 gap-y-1 @min-[36rem]:col-start-3 @min-[36rem]:row-span-2 @min-[36rem]:row-start-1 @min-[36rem]:grid @min-[52rem]:col-start-4 @min-[52rem]:row-span-1 @min-[52rem]:block">
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

function ReasonLine({ provider, slot, standing, place, className }: Omit<Shown, 'isUnknown'> & { className: string }) {
  const other = othersAttempt(slot)
  const refusal = refusalOf(standing, slot, provider.name, place)
  const { connection } = slot
  return (
    <p className={`min-w-0 text-ink-3 text-small ${className}`}>
      {standing.reason}
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
    </p>
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

/** The organization's connection of a provider where everybody also has their own. */
function SecondLine({ provider, slot, place, isUnknown }: Omit<Props, 'isCompact'> & { slot: SlotView }) {
  const attempt = useAttempt(place.org.slug, provider.id, slot.slot)
  const standing = standingOf(slot, attempt)
  return (
    <div
      data-slot="organization"
      className="-col-end-1 col-start-2 grid grid-cols-subgrid items-center gap-y-1 border-line border-t pt-1.5"
    >
      <p className="font-medium text-small">Organization sync</p>
      <p className="col-start-1 text-ink-2 text-small @min-[52rem]:col-start-2">{identityOf(slot, place.org.name)}</p>
      <div className="col-start-1 flex flex-wrap items-center gap-x-3 gap-y-1 @min-[36rem]:col-start-2 @min-[36rem]:row-span-2 @min-[36rem]:row-start-1 @min-[36rem]:grid @min-[52rem]:col-start-3 @min-[52rem]:row-span-1 @min-[52rem]:block">
        {isUnknown ? <Unavailable /> : <Badge {...badgeOf(provider.name, standing)} />}
        <ReasonLine {...{ provider, slot, standing, place }} className="@min-[52rem]:hidden" />
      </div>
      <ReasonLine {...{ provider, slot, standing, place }} className="hidden @min-[52rem]:block" />
      <div className="col-start-1 @min-[36rem]:col-start-3 @min-[36rem]:row-span-2 @min-[36rem]:row-start-1 @min-[36rem]:justify-self-end @min-[52rem]:col-start-5 @min-[52rem]:row-span-1">
        <MainAction {...{ provider, slot, standing, attempt, place }} />
      </div>
    </div>
  )
}
