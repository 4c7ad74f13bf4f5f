import type { Metadata } from 'next'
import { Guide } from '#components/connections/guide.tsx'
import { ProviderFrame } from '#components/connections/provider-frame.tsx'
import { readGuide } from '#lib/connections/queries.ts'
import { nameOf, type Params, placeOf, requireProvider } from '../provider.ts'

type Props = { params: Params }

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `${await nameOf(params)} guide – Integrations`,
})

/** How a provider is set up, step by step, and how it is left again. */
export default async function ProviderGuidePage({ params }: Props) {
  const { org, provider: id } = await params
  const { actor, provider } = await requireProvider(org, id)
  const guide = readGuide(actor, id)
  const place = await placeOf(actor)
  return (
    <ProviderFrame provider={provider} place={place}>
      <Guide initial={provider} guide={guide} place={place} />
    </ProviderFrame>
  )
}
