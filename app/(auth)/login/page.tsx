import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { BarePage } from '#components/shell/bare-page.tsx'
import { SignInForm } from '#components/tenancy/sign-in-form.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { currentPerson } from '#lib/tenancy/gate.ts'
import { ReturnPath } from '#lib/tenancy/schema.ts'

export const metadata: Metadata = { title: 'Sign in' }

type Props = { searchParams: Promise<{ next?: string | string[] }> }

/** Where one signs in, and goes on to where one wanted to go. */
export default async function LoginPage({ searchParams }: Props) {
  const next = ReturnPath.parse((await searchParams).next)
  if (await currentPerson()) redirect(next)
  return (
    <BarePage>
      <PageHeader title="Sign in" />
      <SignInForm next={next} />
      <p className="flex flex-wrap gap-x-4 gap-y-2">
        <Link className="link" href="/reset">
          Forgot your password?
        </Link>
        <Link className="link" href="/signup">
          Create an account
        </Link>
      </p>
    </BarePage>
  )
}
