import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { BarePage } from '#components/shell/bare-page.tsx'
import { SignUpForm } from '#components/tenancy/sign-up-form.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { currentPerson } from '#lib/tenancy/gate.ts'

export const metadata: Metadata = { title: 'Create an account' }

/** An account with an organization of one's own. */
export default async function SignUpPage() {
  if (await currentPerson()) redirect('/')
  return (
    <BarePage>
      <PageHeader title="Create an account" sub="It comes with an organization, whose tools you connect." />
      <SignUpForm />
      <p>
        You have one?{' '}
        <Link className="link" href="/login">
          Sign in
        </Link>
      </p>
    </BarePage>
  )
}
