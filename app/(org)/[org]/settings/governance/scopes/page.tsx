import type { Metadata } from 'next'
import { Scopes } from '#components/governance/scopes.tsx'
import { readScopes } from '#lib/governance/queries.ts'
import { requireRight } from '#lib/tenancy/gate.ts'

export const metadata: Metadata = { title: 'Scopes – Governance' }

/** What each connection may do at its provider, and why. */
export default async function ScopesPage({ params }: { params: Promise<{ org: string }> }) {
  const actor = await requireRight((await params).org, 'governance.see')
  return <Scopes view={await readScopes(actor)} />
}
