import type { Metadata } from 'next'
import { BarePage } from '#components/shell/bare-page.tsx'
import { ConfirmEmail } from '#components/tenancy/confirm-email.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'

export const metadata: Metadata = { title: 'Confirm your email address' }

/** Where the link of the confirmation mail leads. */
export default async function ConfirmPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  return (
    <BarePage>
      <PageHeader title="Confirm your email address" sub="Then you can invite others." />
      <ConfirmEmail token={token} />
    </BarePage>
  )
}
