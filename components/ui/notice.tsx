import { cva } from 'class-variance-authority'
import type { ReactNode } from 'react'
import { Jack, type JackName } from './jack.tsx'

const notice = cva('flex gap-2.5 rounded-control border px-3 py-2.5', {
  variants: {
    tone: {
      info: 'border-line bg-surface',
      ok: 'border-line bg-surface',
      warn: 'border-transparent bg-warn-soft jack-on-warn-soft',
      error: 'border-transparent bg-error-soft jack-on-error-soft',
    },
  },
})

const signs = {
  info: ['note', 'text-busy-icon'],
  ok: ['check', 'text-ok-icon'],
  warn: ['attention', 'text-warn-icon'],
  error: ['cross', 'text-error-icon'],
} as const satisfies Record<string, readonly [JackName, string]>

/**
 * A block that asks for attention: what happened, then what to do. `live` only where it appears without a page change:
 * alert interrupts, status waits.
 */
export function Notice({
  tone,
  title,
  children,
  actions,
  live,
}: {
  tone: keyof typeof signs
  title?: ReactNode
  children?: ReactNode
  actions?: ReactNode
  live?: 'alert' | 'status'
}) {
  const [jack, colour] = signs[tone]
  return (
    <div role={live} data-tone={tone} className={notice({ tone })}>
      <Jack name={jack} className={`mt-0.5 ${colour}`} />
      <div className="grid min-w-0 gap-1.5">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className="max-w-read">{children}</div>}
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  )
}
