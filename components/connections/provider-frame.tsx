import type { ReactNode } from 'react'
import { Page } from '#components/shell/page.tsx'
import { SectionNav } from '#components/ui/section-nav.tsx'
import type { ProviderView } from '#lib/connections/schema.ts'
import { hasResources } from './has-resources.ts'
import { type Place, providerPath } from './place.ts'
import { ProviderHeader } from './provider-header.tsx'

/** What every page of a provider has above its own part. */
export function ProviderFrame({
  provider,
  place,
  children,
}: {
  provider: ProviderView
  place: Place
  children: ReactNode
}) {
  const path = providerPath(place.org.slug, provider.id)
  return (
    <Page>
      <ProviderHeader initial={provider} place={place} />
      <SectionNav
        label={`${provider.name} sections`}
        items={[
          { href: path, label: 'Overview', exact: true },
          ...(hasResources(provider) ? [{ href: `${path}/resources`, label: 'Resources' }] : []),
          ...(provider.slots.some(({ slot }) => slot === 'user') ? [{ href: `${path}/people`, label: 'People' }] : []),
          { href: `${path}/config`, label: 'Config' },
          { href: `${path}/activity`, label: 'Activity' },
          { href: `${path}/guide`, label: 'Guide' },
        ]}
      />
      {children}
    </Page>
  )
}

/** A part of a provider's pages that is still to come. `part` names it. */
export const ComingPart = ({ provider, part }: { provider: ProviderView; part: string }) => (
  <p className="max-w-read">
    Coming: Plugboard does not have {part} of {provider.name} yet.
  </p>
)
