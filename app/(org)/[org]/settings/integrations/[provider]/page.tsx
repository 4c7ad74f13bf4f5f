import type { Metadata } from 'next'
import { ProviderFrame } from '#components/connections/provider-frame.tsx'
import { ProviderOverview } from '#components/connections/provider-overview.tsx'
import { nameOf, type Params, placeOf, requireProvider } from './provider.ts'

type Props = { params: Params }

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `${await nameOf(params)} – Integrations`,
})

/** One provider at a glance. */
export default async function ProviderPage({ params }: Props) {
  const { org, provider: id } = await params
  const { actor, provider } = await requireProvider(org, id)
  const place = await placeOf(actor)
  return (
    <ProviderFrame provider={provider} place={place}>
      <ProviderOverview initial={provider} place={place} />
    </ProviderFrame>
  )
}
