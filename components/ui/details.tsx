import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'
import { Icon } from './icon.tsx'

/** Something folded away behind a line of words. */
export function Details({ summary, open, children }: { summary: ReactNode; open?: boolean; children: ReactNode }) {
  return (
    <details open={open} className="group">
      <summary className="inline-flex min-h-6 list-none items-center gap-1 rounded-badge text-ink-2 hover:text-ink">
        <Icon name="right" className="transition-[rotate] group-open:rotate-90 rtl:-scale-x-100" />
        {summary}
      </summary>
      <div className="ps-5 pt-1">{children}</div>
    </details>
  )
}

/** The code and request id of a failure, folded away, to copy into a message to support. */
export function ErrorDetails({ code, requestId }: { code?: string; requestId?: string }) {
  const lines = [code && `Code ${code}`, requestId && `Request ${requestId}`].filter(Boolean).join(' · ')
  if (!lines) return null
  return (
    <Details summary="Details">
      <div className="flex flex-wrap items-center gap-2">
        <code className="break-all font-mono text-small">{lines}</code>
        <CopyButton value={lines} label="Copy" />
      </div>
    </Details>
  )
}
