import type { ReactNode } from 'react'
import { PageTitle } from './page-title.tsx'

/** The one h1 of a page, a line about it, and what can be done to the whole. `before` is a mark or a way back. */
export function PageHeader({
  title,
  sub,
  before,
  actions,
}: {
  title: string
  sub?: ReactNode
  before?: ReactNode
  actions?: ReactNode
}) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="flex min-w-0 flex-1 basis-56 items-start gap-3">
        {before}
        <div className="grid min-w-0 gap-1">
          <PageTitle>{title}</PageTitle>
          {sub && <div className="text-ink-2">{sub}</div>}
        </div>
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  )
}
