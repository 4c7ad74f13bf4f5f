import type { Metadata } from 'next'
import { ProviderConfig } from '#components/connections/provider-config.tsx'
import { ProviderFrame } from '#components/connections/provider-frame.tsx'
import { nameOf, type Params, placeOf, requireProvider } from '../provider.ts'

type Props = { params: Params }

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `${await nameOf(params)} config – Integrations`,
})

/** What is decided about a provider, and the ways to stop using it. */
export default async function ProviderConfigPage({ params }: Props) {
  const { org, provider: id } = await params
  const { actor, provider } = await requireProvider(org, id)
  const place = await placeOf(actor)
  return (
    <ProviderFrame provider={provider} place={place}>
      <ProviderConfig initial={provider} place={place} />
    </ProviderFrame>
  )
}
