'use client'
import { cva, cx } from 'class-variance-authority'
import Link from 'next/link'
import { memo, useState } from 'react'
import type { MenuItem } from '#components/ui/menu-item.tsx'
import { MoreMenu } from '#components/ui/more-menu.tsx'
import { ProviderIcon } from '#components/ui/provider-icon.tsx'
import type { ProviderView, SlotView, Standing } from '#lib/connections/schema.ts'
import { AlsoConnect } from './also-connect.tsx'
import { AttemptPanel } from './attempt-panel.tsx'
import { type Attempt, useAttempt } from './attempts.ts'
import { HubSecondLine } from './hub-second-line.tsx'
import { HubStanding } from './hub-standing.tsx'
import { LazyDisconnect } from './lazy-disconnect.tsx'
import { LazyRequests } from './lazy-requests.tsx'
import { canConnect, continueHere, MainAction } from './main-action.tsx'
import { adminsOnly, type Place, providerPath } from './place.ts'
import { QuickLinks } from './quick-links.tsx'
import { isThere } from './slot-words.ts'
import { identityOf, mainSlot, secondSlot, standingOf } from './standing.ts'
import type { Outcome } from './told.tsx'
import { ToldLeaving } from './told-leaving.tsx'
import { useSwitch } from './use-switch.ts'

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
      {second && <HubSecondLine {...{ provider, place, isUnknown }} slot={second} />}
      <LazyRequests provider={provider} place={place} className="-col-end-1 col-start-2" />
      <div className="-col-end-1 col-start-2 grid gap-2 empty:hidden">
        <Also provider={provider} slot={slot} place={place} />
        <AttemptPanel provider={provider} slot={slot} place={place} />
        {second && <AttemptPanel provider={provider} slot={second} place={place} />}
        <ToldLeaving {...{ outcome, provider, slot, place }} onOver={() => setOutcome(undefined)} />
      </div>
    </li>
  )
})

/** The box that belongs to the row's Connect, until that was pressed. */
function Also({ provider, slot, place }: Pick<Props, 'provider' | 'place'> & { slot: SlotView }) {
  const attempt = useAttempt(place.org.slug, provider.id, slot.slot)
  return <AlsoConnect slot={slot} standing={standingOf(slot, attempt)} form={formIdOf(provider)} />
}

type LineProps = Props & { slot: SlotView; onLeft: (outcome: Outcome) => void }

function SlotLine({ provider, slot, place, isCompact, isUnknown, onLeft }: LineProps) {
  const attempt = useAttempt(place.org.slug, provider.id, slot.slot)
  const standing = standingOf(slot, attempt)
  const path = providerPath(place.org.slug, provider.id)
  return (
    <>
      <ProviderIcon provider={provider.id} className="self-start @min-[52rem]:self-center" />
      <div className="min-w-0">
        <Link prefetch={false} href={path} data-row-name className="font-semibold hover:underline">
          {provider.name}
        </Link>
        {!isCompact && (
          <p className="text-ink-3 text-small">
            {[provider.category, ...(provider.simulated ? ['sandbox'] : [])].join(' · ')}
          </p>
        )}
      </div>
      <div className="col-start-2 min-w-0 @min-[52rem]:col-start-3">
        <p className="text-ink-2 text-small">{identityOf(slot, place.org.name, provider.coverage)}</p>
        {!isCompact && <QuickLinks path={path} name={provider.name} />}
      </div>
      <HubStanding
        {...{ provider, slot, standing, place, isUnknown }}
        className="col-start-2 @min-[36rem]:col-start-3 @min-[52rem]:col-start-4"
      />
      <Actions {...{ provider, slot, standing, place, onLeft }} attempt={attempt} />
    </>
  )
}

type ActionsProps = Omit<LineProps, 'isCompact' | 'isUnknown'> & { standing: Standing; attempt: Attempt | undefined }

/** The main button and the menu of the rest. */
function Actions({ provider, slot, standing, attempt, place, onLeft }: ActionsProps) {
  const [isLeaving, setIsLeaving] = useState(false)
  const turn = useSwitch(provider, place.org.slug)
  return (
    <>
      <div
        className={cx(
          'col-start-2 @min-[36rem]:col-start-4 @min-[36rem]:row-span-2 @min-[36rem]:row-start-1 @min-[36rem]:justify-self-end',
          '@min-[52rem]:col-start-6 @min-[52rem]:row-span-1 @min-[52rem]:row-start-1',
        )}
      >
        <MainAction {...{ provider, slot, standing, attempt, place }} formId={formIdOf(provider)} />
      </div>
      <div className="-col-end-1 row-start-1 @min-[36rem]:row-span-2 @min-[36rem]:row-start-1 @min-[52rem]:row-span-1 @min-[52rem]:row-start-1">
        <MoreMenu
          label={`More actions for ${provider.name}`}
          sections={[
            {
              items: itemsOf({
                provider,
                slot,
                standing,
                place,
                onDisable: () => void turn(false),
                onLeave: () => setIsLeaving(true),
              }),
            },
          ]}
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

type Items = {
  provider: ProviderView
  slot: SlotView
  standing: Standing
  place: Place
  onDisable: () => void
  onLeave: () => void
}

const formIdOf = ({ id }: ProviderView) => `connect-${id}`

function itemsOf({ provider, slot, standing, place, onDisable, onLeave }: Items): MenuItem[] {
  const path = providerPath(place.org.slug, provider.id)
  return [
    { type: 'link', label: 'Overview', href: path },
    { type: 'link', label: 'Metrics', href: `${path}#health` },
    { type: 'link', label: 'Config', href: `${path}/config` },
    { type: 'link', label: 'Guide', href: `${path}/guide` },
    ...(canConnect(standing)
      ? [
          {
            type: 'action',
            label: 'Continue in this tab',
            onSelect: () => continueHere(formIdOf(provider)),
          } as const,
        ]
      : []),
    ...(provider.enabled && provider.may.configure
      ? [{ type: 'action', label: 'Disable', onSelect: onDisable } as const] // as const: a union of words
      : []),
    ...(isThere(slot) ? [leaveItem({ provider, slot, place, onLeave })] : []),
  ]
}

function leaveItem({ provider, slot, place, onLeave }: Omit<Items, 'standing' | 'onDisable'>): MenuItem {
  if (slot.may.disconnect) return { type: 'action', label: 'Disconnect…', tone: 'danger', onSelect: onLeave }
  return { type: 'note', label: 'Disconnect…', detail: adminsOnly(`disconnect ${provider.name}`, place.admins) }
}
