'use client'
import { BarePage } from '#components/shell/bare-page.tsx'
import { digestOf } from '#components/shell/digest.ts'
import { FailureMessage } from '#components/shell/failure-message.tsx'

/** A page outside any organization failed. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <BarePage>
      <title>Something went wrong – Plugboard</title>
      <FailureMessage code={digestOf(error)} onRetry={retry} />
    </BarePage>
  )
}
