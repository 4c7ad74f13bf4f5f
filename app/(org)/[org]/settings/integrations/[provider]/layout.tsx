import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { isProvider } from '#lib/connections/queries.ts'
import type { Params } from './provider.ts'

/** The parts of a provider's pages, those still to come among them. */
const sections = ['config', 'activity', 'guide', 'resources', 'people', 'sync', 'webhooks', 'channels']

/** Whether the part behind a provider in an address is one of its own; a layout learns of it from the proxy alone. */
async function isSection(provider: string): Promise<boolean> {
  const [path = ''] = ((await headers()).get('x-pb-path') ?? '').split('?')
  const [, , , , id, ...rest] = path.replace(/\/$/, '').split('/')
  return (
    decodeURIComponent(id ?? '') !== provider ||
    rest.length === 0 ||
    (rest.length === 1 && sections.includes(rest[0] ?? ''))
  )
}

/** The gate of a provider's pages, before anything of them is sent: an id that is none of the 13, or a part that none has, is an unknown address. */
export default async function ProviderLayout({ params, children }: { params: Params; children: ReactNode }) {
  const { provider } = await params
  if (!isProvider(provider) || !(await isSection(provider))) notFound()
  return children
}
