import { forbidden, notFound } from 'next/navigation'
import { cache } from 'react'
import type { Place } from '#components/connections/place.ts'
import { readProvider } from '#lib/connections/queries.ts'
import type { ProviderView } from '#lib/connections/schema.ts'
import { csrfToken } from '#lib/http/csrf.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { requireActor } from '#lib/tenancy/gate.ts'
import { namesOfAdmins } from '#lib/tenancy/queries.ts'

export type Params = Promise<{ org: string; provider: string }>

/** Owners and admins need nobody's name: what is for them alone they may do themselves. */
const isAdmin = ({ role }: Actor): boolean => role === 'owner' || role === 'admin'

/** What the controls of these pages need to know of where they stand. */
export async function placeOf(actor: Actor): Promise<Place> {
  const { slug, name } = actor.organization
  const admins = isAdmin(actor) ? [] : await namesOfAdmins(actor)
  return { org: { slug, name }, csrf: csrfToken(actor.sessionId ?? ''), admins }
}

/** The provider of an address, for whoever may see it. An unknown one is an unknown page. */
export const requireProvider = cache(
  async (org: string, id: string): Promise<{ actor: Actor; provider: ProviderView }> => {
    const actor = await requireActor(org)
    const provider = await readProvider(actor, id).catch((error: unknown) => {
      if (error instanceof Problem && error.kind === 'forbidden') forbidden()
      if (error instanceof Problem && error.kind === 'not-found') notFound()
      throw error
    })
    return { actor, provider }
  },
)

/** The name of a provider for a title: read as its page reads it, so that nothing is asked twice. */
export async function nameOf(params: Params): Promise<string> {
  const { org, provider } = await params
  return (await requireProvider(org, provider)).provider.name
}
