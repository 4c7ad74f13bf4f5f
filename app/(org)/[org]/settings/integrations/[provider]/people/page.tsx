import type { Metadata } from 'next'
import { ProviderFrame } from '#components/connections/provider-frame.tsx'
import { People } from '#components/people/people.tsx'
import { readPeople } from '#lib/people/queries.ts'
import { nameOf, type Params, placeOf, requireProvider } from '../provider.ts'

type Props = { params: Params }

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `${await nameOf(params)} people – Integrations`,
})

/** Who has connected their own account at a provider. */
export default async function ProviderPeoplePage({ params }: Props) {
  const { org, provider: id } = await params
  const { actor, provider } = await requireProvider(org, id)
  const place = await placeOf(actor)
  const hasOwn = provider.slots.some(({ slot }) => slot === 'user')
  return (
    <ProviderFrame provider={provider} place={place}>
      {hasOwn ? (
        <People org={org} provider={{ id, name: provider.name }} initial={await readPeople(actor, id)} />
      ) : (
        <p className="max-w-read">
          {provider.name} is connected once for everyone in {place.org.name}: nobody has an account of their own here.
        </p>
      )}
    </ProviderFrame>
  )
}
