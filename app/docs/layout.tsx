import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { Frame } from '#app/frame.tsx'

export const metadata: Metadata = { title: { default: 'API', template: '%s – Plugboard' } }

/** The API's pages stand in the shell of the organization used last. */
export default function DocsLayout({ children }: { children: ReactNode }) {
  return <Frame>{children}</Frame>
}
