'use client'
import { type ComponentProps, lazy, Suspense } from 'react'
import type { LeaveDialog } from './leave-dialog.tsx'

const Dialog = lazy(async () => ({ default: (await import('./leave-dialog.tsx')).LeaveDialog }))

/** The question before somebody leaves, fetched when it is asked: hardly any visit needs it. */
export function LazyLeave(props: ComponentProps<typeof LeaveDialog>) {
  return (
    <Suspense fallback={null}>
      <Dialog {...props} />
    </Suspense>
  )
}
