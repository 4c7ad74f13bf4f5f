import type { ReactNode } from 'react'
import { requireRight } from '#lib/tenancy/gate.ts'

/** The gate of the settings, before anything of them is sent: guests see the boards shared with them, and nothing else. */
export default async function SettingsLayout({
  params,
  children,
}: {
  params: Promise<{ org: string }>
  children: ReactNode
}) {
  await requireRight((await params).org, 'members.see')
  return children
}
