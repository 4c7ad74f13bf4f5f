'use client'
import { digestOf } from '#components/shell/digest.ts'
import { FailureMessage } from '#components/shell/failure-message.tsx'
import { Page } from '#components/shell/page.tsx'

/** A page of an organization failed; the shell around it stays usable. */
export default function OrganizationError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <Page>
      <title>Something went wrong – Plugboard</title>
      <FailureMessage code={digestOf(error)} onRetry={retry} />
    </Page>
  )
}
