'use client'
import { type ComponentProps, lazy, Suspense } from 'react'
import type { KeyDialog } from './key-dialog.tsx'

const Dialog = lazy(async () => ({ default: (await import('./key-dialog.tsx')).KeyDialog }))

/** The dialog that takes a key, fetched when it is asked for. */
export function LazyKeyDialog(props: ComponentProps<typeof KeyDialog>) {
  return (
    <Suspense fallback={null}>
      <Dialog {...props} />
    </Suspense>
  )
}
