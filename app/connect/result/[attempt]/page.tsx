import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { z } from 'zod'
import { ConnectResult } from '#components/connections/connect-result.tsx'
import { BarePage } from '#components/shell/bare-page.tsx'
import { explainAttempt } from '#lib/connections/explain.ts'
import { findLanded, nameOfProvider } from '#lib/connections/queries.ts'
import { currentPerson } from '#lib/tenancy/gate.ts'

type Props = {
  params: Promise<{ attempt: string }>
  searchParams: Promise<{ problem?: string | string[]; provider?: string | string[] }>
}

const landing = cache(async (id: string) => {
  const person = await currentPerson()
  const isId = z.uuid().safeParse(id).success
  return { person, landed: person && isId ? await findLanded(person, id) : null }
})

const oneOf = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? (value[0] ?? '') : (value ?? '')

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { landed } = await landing((await params).attempt)
  const name = nameOfProvider(landed?.attempt.provider ?? oneOf((await searchParams).provider))
  return { title: landed?.attempt.status === 'succeeded' ? `${name} connected` : `${name} not connected` }
}

/** The end of the provider's tab: what came of it, and the way back. The address holds no code and no state. */
export default async function ConnectResultPage({ params, searchParams }: Props) {
  const { person, landed } = await landing((await params).attempt)
  if (landed) {
    const { attempt, organization, account } = landed
    const provider = { id: attempt.provider, name: nameOfProvider(attempt.provider) }
    return (
      <BarePage>
        <ConnectResult attempt={attempt} provider={provider} account={account} org={organization.slug} />
      </BarePage>
    )
  }
  const query = await searchParams
  const problem = oneOf(query.problem)
  if (person && !problem) notFound() // somebody else's attempt, or one that never was
  const provider = { id: oneOf(query.provider), name: nameOfProvider(oneOf(query.provider)) }
  const kind = problem || 'session_ended'
  return (
    <BarePage>
      <ConnectResult provider={provider} problem={explainAttempt(kind, provider.name)} />
    </BarePage>
  )
}
