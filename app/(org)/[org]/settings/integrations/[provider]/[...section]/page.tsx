import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ComingPart, ProviderFrame } from '#components/connections/provider-frame.tsx'
import { nameOf, placeOf, requireProvider } from '../provider.ts'

type Props = { params: Promise<{ org: string; provider: string; section: string[] }> }

/** Parts of a provider's pages that have their address already, so that an old link leads somewhere. */
const coming: Record<string, string> = {
  sync: 'the syncs',
  webhooks: 'the webhooks',
  channels: 'the channels',
}

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `${await nameOf(params)} ${(await params).section.join(' ')} – Integrations`,
})

/** What is still to come of a provider: said in words. */
export default async function ComingSectionPage({ params }: Props) {
  const { org, provider: id, section } = await params
  const part = section.length === 1 && Object.hasOwn(coming, section[0] ?? '') ? coming[section[0] ?? ''] : undefined
  if (!part) notFound()
  const { actor, provider } = await requireProvider(org, id)
  return (
    <ProviderFrame provider={provider} place={await placeOf(actor)}>
      <ComingPart provider={provider} part={part} />
    </ProviderFrame>
  )
}
