import 'server-only'
import { cookies, headers } from 'next/headers'
import { forbidden, notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { Problem } from '#lib/platform/problem.ts'
import { type Actor, enter, findPerson, lastHop, type SignedIn } from './actor.ts'
import { may, type Right } from './policy.ts'
import { readSession } from './read-session.ts'
import type { RoleName } from './schema.ts'

/** The signed-in person of this page, or null. Read once per request. */
export const currentPerson = cache(async (): Promise<SignedIn | null> => {
  const [all, head] = [await cookies(), await headers()]
  const token = await readSession(all.toString())
  if (!token) return null
  const ip = lastHop(head.get('x-forwarded-for'))
  return findPerson(token, { ip, requestId: crypto.randomUUID() })
})

/** The person, or the sign-in page with the way back. */
export async function requirePerson(): Promise<SignedIn> {
  const person = await currentPerson()
  if (person) return person
  const path = (await headers()).get('x-pb-path') ?? '/'
  redirect(`/login?next=${encodeURIComponent(path)}`)
}

/** The Actor of an organization's page, or null for who is signed out or not a member. Read once per request. */
export const findActor = cache(async (slug: string): Promise<Actor | null> => {
  const person = await currentPerson()
  if (!person) return null
  return enter(person, slug).catch((error: unknown) => {
    if (error instanceof Problem && error.kind === 'not-found') return null
    throw error
  })
})

/** The Actor of an organization's page; 404 alike for unknown and foreign organizations. */
export async function requireActor(slug: string): Promise<Actor> {
  await requirePerson()
  return (await findActor(slug)) ?? notFound()
}

type Holder = Actor & { role: RoleName }
const carries = (actor: Actor, right: Right): actor is Holder => may(actor, right)

/** As requireActor; 403 for a member whose role does not carry the right. */
export async function requireRight(slug: string, right: Right): Promise<Holder> {
  const actor = await requireActor(slug)
  return carries(actor, right) ? actor : forbidden()
}

/** Whether a page should offer this to the actor. What they then ask for is judged again where it is done. */
export const can = (actor: Actor, right: Right): boolean => may(actor, right)
