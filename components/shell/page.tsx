import { cva } from 'class-variance-authority'
import type { ReactNode } from 'react'

const page = cva('grid grid-cols-1 gap-6 px-4 py-6 sm:px-8', {
  variants: { width: { page: 'max-w-page', full: '', form: 'max-w-form' } },
})

/** The room inside a page's edges. Boards leave it out: they go to the edge. */
export function Page({ width = 'page', children }: { width?: 'page' | 'full' | 'form'; children: ReactNode }) {
  return <div className={page({ width })}>{children}</div>
}
