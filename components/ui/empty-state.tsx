import type { ReactNode } from 'react'

/** What stands where there is nothing yet: a sentence, and what to do about it. Never shown for what only failed to load. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="grid justify-items-start gap-3 rounded-group border border-line bg-surface px-4 py-6">
      <div className="grid max-w-read gap-1">
        <p className="font-semibold">{title}</p>
        {children && <div className="text-ink-2">{children}</div>}
      </div>
      {action}
    </div>
  )
}
