import type { Metadata } from 'next'
import { BarePage } from '#components/shell/bare-page.tsx'
import { NewPasswordForm } from '#components/tenancy/reset-forms.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'

export const metadata: Metadata = { title: 'Set a new password' }

/** Where the mailed link leads. Opening it uses nothing up. */
export default async function NewPasswordPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  return (
    <BarePage>
      <PageHeader title="Set a new password" sub="It signs you out everywhere else." />
      <NewPasswordForm token={token} />
    </BarePage>
  )
}
