import { redirect } from 'next/navigation'
import { currentPerson } from '#lib/tenancy/gate.ts'
import { readFrame } from '#lib/tenancy/queries.ts'

/** The start: the boards of the organization used last, a new organization, or the sign-in page. */
export default async function StartPage(): Promise<null> {
  const person = await currentPerson()
  if (!person) redirect('/login')
  const [last] = (await readFrame(person)).organizations
  redirect(last ? `/${last.slug}/boards` : '/new')
}
