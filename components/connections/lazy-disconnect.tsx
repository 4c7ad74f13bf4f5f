'use client'
import { type ComponentProps, lazy, Suspense } from 'react'
import type { DisconnectDialog } from './disconnect-dialog.tsx'

const Dialog = lazy(async () => ({ default: (await import('./disconnect-dialog.tsx')).DisconnectDialog }))

/** The question before a connection is ended, fetched when it is asked: hardly any visit needs it. */
export function LazyDisconnect(props: ComponentProps<typeof DisconnectDialog>) {
  return (
    <Suspense fallback={null}>
      <Dialog {...props} />
    </Suspense>
  )
}
