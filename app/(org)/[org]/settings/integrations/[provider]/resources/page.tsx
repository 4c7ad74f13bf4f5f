import type { Metadata } from 'next'
import { hasResources } from '#components/connections/has-resources.ts'
import type { Place } from '#components/connections/place.ts'
import { ComingPart, ProviderFrame } from '#components/connections/provider-frame.tsx'
import { Reached } from '#components/connections/resources/reached.tsx'
import { Resources } from '#components/connections/resources/resources.tsx'
import type { ProviderView } from '#lib/connections/schema.ts'
import { nameOf, type Params, placeOf, requireProvider } from '../provider.ts'

type Props = { params: Params }

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `${await nameOf(params)} resources – Integrations`,
})

/** What of a provider is available on boards. */
export default async function ProviderResourcesPage({ params }: Props) {
  const { org, provider: id } = await params
  const { actor, provider } = await requireProvider(org, id)
  const part = 'the resources'
  const place = await placeOf(actor)
  return (
    <ProviderFrame provider={provider} place={place}>
      {provider.sharing ? (
        <Resources initial={provider} place={place} />
      ) : (
        <Others provider={provider} place={place} part={part} />
      )}
    </ProviderFrame>
  )
}

function Others({ provider, place, part }: { provider: ProviderView; place: Place; part: string }) {
  if (hasResources(provider)) return <Reached initial={provider} place={place} />
  return <ComingPart provider={provider} part={part} />
}
