import type { Metadata } from 'next'
import { BarePage } from '#components/shell/bare-page.tsx'
import { ResetRequestForm } from '#components/tenancy/reset-forms.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'

export const metadata: Metadata = { title: 'Reset your password' }

/** Asks for the mail that lets one set a new password. */
export default function ResetPage() {
  return (
    <BarePage>
      <PageHeader title="Reset your password" sub="We send a link to the address you sign in with." />
      <ResetRequestForm />
    </BarePage>
  )
}
