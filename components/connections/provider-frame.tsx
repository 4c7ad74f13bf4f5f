import type { ReactNode } from 'react'
import { Page } from '#components/shell/page.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { ProviderIcon } from '#components/ui/provider-icon.tsx'
import { SectionNav } from '#components/ui/section-nav.tsx'
import type { ProviderView } from '#lib/connections/schema.ts'
import { hasResources } from './has-resources.ts'
import { type Place, providerPath } from './place.ts'
import { ProviderHeader } from './provider-header.tsx'

/** Whether there is nothing to a provider yet but its name. */
export const isComing = ({ slots }: ProviderView): boolean =>
  slots.every(({ reasonCode }) => reasonCode === 'not_built')

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

/** A provider that is not built yet, or a part of one: said in words. `part` names the part. */
export function ComingPage({ provider, org, part }: { provider: ProviderView; org: string; part?: string }) {
  const what = part ? `${part} of ${provider.name}` : provider.name
  return (
    <Page>
      <PageHeader
        title={provider.name}
        before={<ProviderIcon provider={provider.id} />}
        sub={<Badge status="not_available" signal="gray" text="Not available" reason="Coming" />}
      />
      <p className="max-w-read">Coming: Plugboard does not have {what} yet. There is nothing to set up.</p>
      <div>
        <ButtonLink href={`/${org}/settings/integrations`}>Back to integrations</ButtonLink>
      </div>
    </Page>
  )
}

/** A part of a provider's pages that is still to come. `part` names it. */
export const ComingPart = ({ provider, part }: { provider: ProviderView; part: string }) => (
  <p className="max-w-read">
    Coming: Plugboard does not have {part} of {provider.name} yet.
  </p>
)
