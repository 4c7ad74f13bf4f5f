import type { Metadata } from 'next'
import { Activity } from '#components/connections/activity.tsx'
import { ProviderFrame } from '#components/connections/provider-frame.tsx'
import { PanelSection } from '#components/ui/panel.tsx'
import { ActivityQuery } from '#lib/connections/activity-schema.ts'
import { listActivity } from '#lib/connections/queries.ts'
import { nameOf, type Params, placeOf, requireProvider } from '../provider.ts'

type Props = { params: Params; searchParams: Promise<{ level?: string | string[] }> }

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `${await nameOf(params)} activity – Integrations`,
})

/** What happened at a provider. */
export default async function ProviderActivityPage({ params, searchParams }: Props) {
  const { org, provider: id } = await params
  const { actor, provider } = await requireProvider(org, id)
  const onlyProblems = (await searchParams).level === 'problem'
  const query = ActivityQuery.parse(onlyProblems ? { level: 'problem' } : {})
  const [place, initial] = await Promise.all([placeOf(actor), listActivity(actor, id, query)])
  const { name } = provider
  const hint = provider.may.seeActivity ? undefined : `What you did, and what your own ${name} account met.`
  return (
    <ProviderFrame provider={provider} place={place}>
      <PanelSection title="Activity" hint={hint}>
        <Activity
          key={String(onlyProblems)}
          provider={provider}
          place={place}
          onlyProblems={onlyProblems}
          initial={initial}
        />
      </PanelSection>
    </ProviderFrame>
  )
}
