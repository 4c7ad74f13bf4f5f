'use client'
import Link from 'next/link'
import { useState } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import type { MenuItem } from '#components/ui/menu-item.tsx'
import { MoreMenu } from '#components/ui/more-menu.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { ProviderIcon } from '#components/ui/provider-icon.tsx'
import type { ProviderView, SlotView, Standing as StandingView } from '#lib/connections/schema.ts'
import { audienceOf } from '#lib/connections/status.ts'
import { AttemptPanel } from './attempt-panel.tsx'
import { useAttempt } from './attempts.ts'
import { useNoteSeen } from './first-run.tsx'
import { LazyDisconnect } from './lazy-disconnect.tsx'
import { canConnect, continueHere, MainAction } from './main-action.tsx'
import { type Place, providerPath } from './place.ts'
import { isThere } from './slot-words.ts'
import { badgeOf, identityOf, mainSlot, standingOf } from './standing.ts'
import { StatusUnavailable } from './status-unavailable.tsx'
import type { Outcome } from './told.tsx'
import { ToldLeaving } from './told-leaving.tsx'
import { usePolledProvider } from './use-provider.ts'

const formId = 'connect-here'

/** Whose pages these are, how it stands and the one thing to do; what goes on stands right under it. */
export function ProviderHeader({ initial, place }: { initial: ProviderView; place: Place }) {
  const { provider, isUnknown, retry } = usePolledProvider(place.org.slug, initial)
  useNoteSeen(place.org.slug, 'provider')
  const slot = mainSlot(provider)
  const attempt = useAttempt(place.org.slug, provider.id, slot?.slot ?? 'user')
  const [outcome, setOutcome] = useState<Outcome>()
  if (!slot) return null
  const standing = standingOf(slot, attempt)
  return (
    <div className="grid gap-3" data-provider={provider.id}>
      <p className="text-small">
        <Link className="link" prefetch={false} href={providerPath(place.org.slug, '').replace(/\/$/, '')}>
          Integrations
        </Link>
      </p>
      <PageHeader
        title={provider.name}
        before={<ProviderIcon provider={provider.id} />}
        sub={<Standing {...{ provider, slot, standing, place }} />}
        actions={
          <>
            <MainAction {...{ provider, slot, standing, attempt, place }} formId={formId} isOnPage />
            <Rest {...{ provider, slot, standing, place }} onLeft={setOutcome} />
          </>
        }
      />
      {isUnknown && <StatusUnavailable {...retry} />}
      <AttemptPanel provider={provider} slot={slot} place={place} />
      <ToldLeaving {...{ outcome, provider, slot, place }} onOver={() => setOutcome(undefined)} />
    </div>
  )
}

type StandingProps = { provider: ProviderView; slot: SlotView; standing: StandingView; place: Place }

/** How it stands, whose account it is, and who reads through it. */
function Standing({ provider, slot, standing, place: { org } }: StandingProps) {
  const identity = identityOf(slot, org.name, provider.coverage)
  const audience = audienceOf(slot, org.name)
  const isSaid = identity.toLocaleLowerCase('en').includes(audience.toLocaleLowerCase('en'))
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Badge {...badgeOf(provider.name, standing)} />
      <span>{identity}</span>
      {isThere(slot) && !isSaid && <span>{audience}</span>}
      {provider.simulated && <span className="text-ink-3">Simulated by the sandbox</span>}
    </div>
  )
}

type RestProps = StandingProps & { onLeft: (outcome: Outcome) => void }

/** What can be done besides: in this very tab, or to end it. */
function Rest({ provider, slot, standing, place, onLeft }: RestProps) {
  const [isLeaving, setIsLeaving] = useState(false)
  const path = providerPath(place.org.slug, provider.id)
  const items: MenuItem[] = [
    { type: 'link', label: 'Metrics', href: `${path}#health` },
    { type: 'link', label: 'Activity', href: `${path}/activity` },
    { type: 'link', label: 'Guide', href: `${path}/guide` },
  ]
  if (canConnect(standing))
    items.push({ type: 'action', label: 'Continue in this tab', onSelect: () => continueHere(formId) })
  if (isThere(slot) && slot.may.disconnect)
    items.push({ type: 'action', label: 'Disconnect…', tone: 'danger', onSelect: () => setIsLeaving(true) })
  return (
    <>
      <MoreMenu label={`More actions for ${provider.name}`} sections={[{ items }]} />
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
