import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { hintCookie } from '#components/connections/hint-cookie.ts'
import { Hub } from '#components/connections/hub.tsx'
import { Page } from '#components/shell/page.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { preferencesCookie, readPreferences } from '#components/ui/preferences.ts'
import { readHub } from '#lib/connections/queries.ts'
import { requireRight } from '#lib/tenancy/gate.ts'
import { placeOf } from '../[provider]/provider.ts'

export const metadata: Metadata = { title: 'Integrations' }

/** What the organization's boards can plug into, and how each stands. */
export default async function IntegrationsPage({ params }: { params: Promise<{ org: string }> }) {
  const actor = await requireRight((await params).org, 'hub.see')
  const [initial, place] = await Promise.all([readHub(actor), placeOf(actor)])
  const jar = await cookies()
  const { density } = readPreferences(jar.get(preferencesCookie)?.value)
  return (
    <Page>
      <PageHeader title="Integrations" sub={`What ${actor.organization.name}'s boards can plug into.`} />
      <Hub initial={initial} place={place} isHintOff={jar.has(hintCookie)} isCompact={density === 'compact'} />
    </Page>
  )
}
