'use client'
import Link from 'next/link'
import { Notice } from '#components/ui/notice.tsx'
import { Panel, PanelSection } from '#components/ui/panel.tsx'
import type { ProviderView } from '#lib/connections/schema.ts'
import { Attention } from './attention.tsx'
import { Health } from './health.tsx'
import { LazyRequests } from './lazy-requests.tsx'
import type { Place } from './place.ts'
import { Plans } from './plan.tsx'
import { ScopeList } from './scope-list.tsx'
import { SlotSection } from './slot-section.tsx'
import { isThere, whatIsGiven, whoSees } from './slot-words.ts'
import { mainSlot } from './standing.ts'
import { useCheckOnOpen } from './use-check-on-open.ts'
import { useProvider } from './use-provider.ts'
import { VerifyAccess } from './verify-access.tsx'

/** One provider at a glance: what is wrong, how it fares, what it gives, who sees it, and each place it can stand. */
export function ProviderOverview({ initial, place }: { initial: ProviderView; place: Place }) {
  const provider = useProvider(place.org.slug, initial)
  const isConnected = provider.slots.some(isThere)
  useCheckOnOpen(provider, place.org.slug)
  return (
    <>
      <LazyRequests provider={provider} place={place} />
      <Attention provider={provider} place={place} />
      {provider.native?.builtIn && <Notice tone="info">{provider.native.builtIn}</Notice>}
      {!isConnected && !provider.native && <BeforeYouStart provider={provider} organization={place.org.name} />}
      {provider.slots.map((slot) =>
        provider.native && provider.verified && slot.slot === 'organization' ? (
          <VerifyAccess key={slot.slot} provider={provider} verified={provider.verified} slot={slot} place={place} />
        ) : (
          <SlotSection key={slot.slot} provider={provider} slot={slot} place={place} />
        ),
      )}
      <Plans provider={provider} org={place.org.slug} />
      <Health provider={provider} org={place.org.slug} />
      <Provides provider={provider} place={place} />
      {isConnected && <NextSteps provider={provider} org={place.org.slug} />}
    </>
  )
}

function BeforeYouStart({ provider, organization }: { provider: ProviderView; organization: string }) {
  const { before, name, scopes } = provider
  const given = whatIsGiven(provider, organization)
  return (
    <PanelSection title="Before you start">
      <ul className="grid max-w-read list-disc gap-1 ps-5">
        {before.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {given && <p className="max-w-read">{given}</p>}
      <h3 className="font-semibold">What {name} will ask you to allow</h3>
      <ScopeList scopes={scopes} />
    </PanelSection>
  )
}

const lanes = { synced: 'Synced', live: 'Live' } as const

function Provides({ provider, place }: { provider: ProviderView; place: Place }) {
  return (
    <PanelSection
      title="What it provides"
      hint="Synced: metadata only, stored. Live: content shown on a board, fetched when a person looks, with access checked for that person."
    >
      <Panel as="ul">
        {provider.provides.map(({ what, lane }) => (
          <li key={what} className="flex items-baseline justify-between gap-4 px-4 py-2">
            {what}
            <span className="text-ink-3 text-small">{lanes[lane]}</span>
          </li>
        ))}
      </Panel>
      {provider.lacks && (
        <div className="grid max-w-read gap-1">
          <h3 className="font-semibold">What it does not provide</h3>
          <ul className="grid list-disc gap-1 ps-5 text-ink-2">
            {provider.lacks.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
      <p className="max-w-read">{whoSees(provider, place.org.name)}</p>
    </PanelSection>
  )
}

function NextSteps({ provider, org }: { provider: ProviderView; org: string }) {
  if (mainSlot(provider)?.status !== 'connected') return null
  return (
    <PanelSection title="Next steps">
      <ul className="grid gap-1">
        <li>
          <Link className="link" prefetch={false} href={`/${org}/boards`}>
            Add a reference to a board
          </Link>
        </li>
      </ul>
    </PanelSection>
  )
}
