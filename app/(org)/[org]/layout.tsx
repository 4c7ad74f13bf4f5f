import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { Frame } from '#app/frame.tsx'
import { findActor, requireActor } from '#lib/tenancy/gate.ts'

const nowhere = 'Page not found – Plugboard'

type Props = { params: Promise<{ org: string }> }

/** The name of the organization stands in every title. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const actor = await findActor((await params).org)
  // whatever the page itself is called: its name must not tell it from one that is not there
  if (!actor) return { title: { absolute: nowhere, template: nowhere } }
  const { organization } = actor
  return { title: { default: organization.name, template: `%s – ${organization.name} – Plugboard` } }
}

/** The gate of an organization's pages: a member sees the shell, everybody else an unknown address. */
export default async function OrganizationLayout({ params, children }: Props & { children: ReactNode }) {
  const { org } = await params
  await requireActor(org)
  return <Frame slug={org}>{children}</Frame>
}
