import { cx } from 'class-variance-authority'
import type { ReactNode } from 'react'
import { SayLoading } from './say-loading.tsx'

/** A gray bar of the size of what is coming, given by `className`. It shows only after 300 ms. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden="true" className={cx('block max-w-full animate-late rounded-badge bg-inset', className)} />
}

/** Holds skeletons; after a second it says "Loading integrations", once. `what` is the noun. */
export function Loading({ what, className, children }: { what: string; className?: string; children: ReactNode }) {
  return (
    <div aria-busy="true" className={className}>
      <SayLoading what={what} />
      {children}
    </div>
  )
}
