import type { Metadata } from 'next'
import { forbidden, notFound } from 'next/navigation'
import { cache } from 'react'
import { z } from 'zod'
import { ConnectResult } from '#components/connections/connect-result.tsx'
import { BarePage } from '#components/shell/bare-page.tsx'
import { findLanded } from '#lib/attempts/queries.ts'
import { nameOfProvider } from '#lib/connections/queries.ts'
import { currentPerson } from '#lib/tenancy/gate.ts'

type Props = {
  params: Promise<{ attempt: string }>
  searchParams: Promise<{ problem?: string | string[] }>
}

const landing = cache(async (id: string) => {
  const person = await currentPerson()
  const isId = z.uuid().safeParse(id).success
  return { person, landed: person && isId ? await findLanded(person, id) : null }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { landed } = await landing((await params).attempt)
  if (!landed) return {} // the boundary that is drawn instead has a title of its own
  const name = nameOfProvider(landed.attempt.provider)
  return { title: landed.attempt.status === 'succeeded' ? `${name} connected` : `${name} not connected` }
}

/**
 * The end of the provider's tab: what came of it, and the way back. The address holds no code and no state. One that was
 * refused before it led to an attempt of the person's is drawn by forbidden.tsx.
 */
export default async function ConnectResultPage({ params, searchParams }: Props) {
  const { person, landed } = await landing((await params).attempt)
  if (landed) {
    const { attempt, organization, account } = landed
    const provider = { id: attempt.provider, name: nameOfProvider(attempt.provider) }
    return (
      <BarePage>
        <ConnectResult attempt={attempt} provider={provider} account={account} org={organization} />
      </BarePage>
    )
  }
  const { problem } = await searchParams
  if (person && !problem) notFound() // somebody else's attempt, or one that never was
  forbidden()
}
