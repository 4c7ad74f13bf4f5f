import type { Metadata } from 'next'
import Link from 'next/link'
import { BarePage } from '#components/shell/bare-page.tsx'
import { AcceptInvitation, SwitchPerson } from '#components/tenancy/accept-invitation.tsx'
import { SignUpForm } from '#components/tenancy/sign-up-form.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { currentPerson } from '#lib/tenancy/gate.ts'
import { previewInvitation } from '#lib/tenancy/queries.ts'
import { type InvitationPreview, roleLabels } from '#lib/tenancy/schema.ts'

export const metadata: Metadata = { title: 'Invitation' }

/** Where the link of an invitation leads: to join, to sign in first, or to make an account. */
export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const invitation = await previewInvitation(token)
  if (!invitation)
    return (
      <BarePage>
        <PageHeader
          title="This invitation is over"
          sub="It was used, withdrawn, or is older than a week. Ask the person who invited you for a new one."
        />
        <p>
          <Link className="link" href="/">
            Go to your boards
          </Link>
        </p>
      </BarePage>
    )
  const { organization, role, invitedBy } = invitation
  const inviter = invitedBy === null ? 'You are invited' : `${invitedBy} invites you`
  return (
    <BarePage>
      <PageHeader title={`Join ${organization}`} sub={`${inviter} as ${roleLabels[role]}.`} />
      <NextStep token={token} invitation={invitation} />
    </BarePage>
  )
}

async function NextStep({ token, invitation }: { token: string; invitation: InvitationPreview }) {
  const { organization, email, hasAccount } = invitation
  const person = await currentPerson()
  if (person?.email === email) return <AcceptInvitation organization={organization} by={{ token }} />
  if (person)
    return (
      <>
        <Notice tone="warn" title={`This invitation is for ${email}`}>
          You are signed in as {person.email}. Sign out, then open this page again with the right account.
        </Notice>
        <SwitchPerson />
      </>
    )
  if (hasAccount)
    return (
      <p>
        {email} has an account.{' '}
        <Link className="link" href={`/login?next=${encodeURIComponent(`/invite/${token}`)}`}>
          Sign in to join
        </Link>
      </p>
    )
  return <SignUpForm invitation={{ token, email, organization }} />
}
