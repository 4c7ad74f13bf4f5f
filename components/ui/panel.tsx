import { cx } from 'class-variance-authority'
import type { ComponentProps, ReactNode } from 'react'

/** A group: one border, its rows divided by hairlines. Never a panel in a panel. */
export function Panel({ as: Tag = 'div', className, ...rest }: ComponentProps<'div'> & { as?: 'div' | 'ul' | 'ol' }) {
  return (
    <Tag
      // The three tags take the same attributes; only the ref's type differs.
      {...(rest as object)}
      className={cx('divide-y divide-line rounded-group border border-line bg-surface', className)}
    />
  )
}

/** A heading and what belongs to it. */
export function PanelSection({
  title,
  hint,
  actions,
  children,
}: {
  title: string
  hint?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  return (
    <section className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-end justify-between gap-2">
        <div className="grid gap-0.5">
          <h2 className="font-semibold text-h2">{title}</h2>
          {hint && <p className="max-w-read text-ink-2">{hint}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  )
}
