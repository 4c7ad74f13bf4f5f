'use client'
import { signOut } from '#components/shell/sign-out.ts'
import { Button } from '#components/ui/button.tsx'
import { acceptInvitation, acceptOwnInvitation } from '#lib/tenancy/client.ts'
import { FormProblems } from './form-problems.tsx'
import { useSubmit } from './use-submit.ts'

/** One press to join. By the token of a mailed link, or by the id of an invitation in one's own list. */
export function AcceptInvitation({
  organization,
  by,
}: {
  organization: string
  by: { token: string } | { id: string }
}) {
  const { form, failure, busy } = useSubmit(async () => {
    const joined = 'token' in by ? await acceptInvitation(by.token) : await acceptOwnInvitation(by.id)
    location.assign(`/${joined.slug}/boards`)
  })
  return (
    <form {...form} className="grid gap-4">
      <FormProblems summary={[]} failure={failure} />
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          Join {organization}
        </Button>
      </div>
    </form>
  )
}

/** Signs out, to come back to this page as somebody else. */
export function SwitchPerson() {
  const { form, failure, busy } = useSubmit(async () => signOut(location.pathname))
  return (
    <form {...form} className="grid gap-4">
      <FormProblems summary={[]} failure={failure} />
      <div>
        <Button type="submit" busy={busy}>
          Sign out
        </Button>
      </div>
    </form>
  )
}
