'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { confirmEmail } from '#lib/tenancy/client.ts'
import { FormProblems } from './form-problems.tsx'
import { useSubmit } from './use-submit.ts'

/** Confirms an address on a press: programs that open the links of mails to look at them must not do it. */
export function ConfirmEmail({ token }: { token: string }) {
  const [isDone, setIsDone] = useState(false)
  const { form, failure, busy } = useSubmit(async () => {
    await confirmEmail(token)
    setIsDone(true)
  })
  const goOn = <ButtonLink href="/">Go to your boards</ButtonLink>
  if (isDone) return <Notice tone="ok" title="Your email address is confirmed" live="status" actions={goOn} />
  return (
    <form {...form} className="grid gap-4">
      <FormProblems summary={[]} failure={failure} wayOut={failure?.kind === 'gone' ? goOn : undefined} />
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          Confirm this address
        </Button>
      </div>
    </form>
  )
}
