'use client'
import type { Place } from '#components/connections/place.ts'
import { counted } from '#components/ui/counted.ts'
import { Panel, PanelSection } from '#components/ui/panel.tsx'
import type { ProviderView } from '#lib/connections/schema.ts'
import { HandOver } from './hand-over.tsx'

/** What people who left had connected for everyone, each to be taken over. Nothing where there is none. */
export function LeftBehind({ providers, place }: { providers: readonly ProviderView[]; place: Place }) {
  if (providers.length === 0) return null
  const count = counted(providers.length, 'connection needs', 'connections need')
  return (
    <PanelSection
      title={`${count} a new owner`}
      hint="Whoever made them left. They go on working; take them over, so that they do not end with an account nobody here has."
    >
      <Panel as="ul" aria-label="Connections that need a new owner" className="*:p-4">
        {providers.map((provider) => (
          <HandOver key={provider.id} initial={provider} place={place} {...madeBy(provider)} />
        ))}
      </Panel>
    </PanelSection>
  )
}

function madeBy({ id, name, slots }: ProviderView) {
  const { createdBy, account } = slots.find(({ slot }) => slot === 'organization')?.connection ?? {}
  const told = `${account?.label} · connected by ${createdBy?.name}, who left`
  return { maker: createdBy?.id ?? '', named: { provider: id, name, account: told } }
}
