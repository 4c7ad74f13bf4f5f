'use client'
import { lazy, Suspense } from 'react'
import { useAttempts } from './attempts.ts'

// fetched with the first attempt: most visits have none
const AttemptChips = lazy(async () => ({ default: (await import('./attempt-chips.tsx')).AttemptChips }))

/** Follows somebody who browses on while a provider's tab is open: who is waited for, and what came of it. */
export function WaitingChip() {
  const attempts = useAttempts()
  if (attempts.length === 0) return null
  return (
    <Suspense fallback={null}>
      <AttemptChips attempts={attempts} />
    </Suspense>
  )
}
