import type { ReactNode } from 'react'
import { requireRight } from '#lib/tenancy/gate.ts'

/** The gate of the log, before anything of it is sent. */
export default async function AuditLayout({
  params,
  children,
}: {
  params: Promise<{ org: string }>
  children: ReactNode
}) {
  await requireRight((await params).org, 'audit.see')
  return children
}
