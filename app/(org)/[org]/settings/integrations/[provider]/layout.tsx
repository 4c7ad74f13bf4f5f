import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { isProvider } from '#lib/connections/queries.ts'
import type { Params } from './provider.ts'

/** The gate of a provider's pages, before anything of them is sent: an id that is none of the 13 is an unknown address. */
export default async function ProviderLayout({ params, children }: { params: Params; children: ReactNode }) {
  if (!isProvider((await params).provider)) notFound()
  return children
}
