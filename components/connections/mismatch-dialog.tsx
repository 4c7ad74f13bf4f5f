'use client'
import { useQueryClient } from '@tanstack/react-query'
import { Dialog } from '#components/ui/dialog.tsx'
import { attemptOf } from '#lib/attempts/client.ts'
import type { AttemptView } from '#lib/attempts/schema.ts'
import type { Attempt } from './attempts.ts'
import { MismatchWords, useChoice } from './mismatch-choice.tsx'

/** The question which account it is to be, over the page of somebody who waits. Escape keeps the one that was connected. */
export function MismatchDialog({ attempt, view, name }: { attempt: Attempt; view: AttemptView; name: string }) {
  const queries = useQueryClient()
  const choice = useChoice({
    org: attempt.org,
    view,
    onDecided: (decided) => queries.setQueryData(attemptOf(attempt).queryKey, decided),
  })
  return (
    <Dialog title="Different account" onClose={() => void choice.choose('keep')}>
      <MismatchWords org={attempt.org} view={view} name={name} {...choice} />
    </Dialog>
  )
}
