import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { Frame } from '#app/frame.tsx'

export const metadata: Metadata = { title: { default: 'Account', template: '%s – Account – Plugboard' } }

/** The pages about oneself stand in the shell of the organization used last. */
export default function AccountLayout({ children }: { children: ReactNode }) {
  return <Frame>{children}</Frame>
}
