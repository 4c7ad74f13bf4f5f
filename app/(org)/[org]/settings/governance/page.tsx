import type { Metadata } from 'next'
import { Rotation } from '#components/governance/rotation.tsx'
import { readHub } from '#lib/connections/queries.ts'
import { readRotation } from '#lib/governance/queries.ts'
import { requireRight } from '#lib/tenancy/gate.ts'
import { placeOf } from '../integrations/[provider]/provider.ts'

export const metadata: Metadata = { title: 'Rotation – Governance' }

/** Which credentials do not renew themselves, and which to replace. */
export default async function RotationPage({ params }: { params: Promise<{ org: string }> }) {
  const actor = await requireRight((await params).org, 'governance.see')
  const [initial, providers, place] = await Promise.all([readRotation(actor), readHub(actor), placeOf(actor)])
  return <Rotation initial={initial} providers={providers} place={place} />
}
