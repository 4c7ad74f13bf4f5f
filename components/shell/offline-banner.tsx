'use client'
import { Notice } from '#components/ui/notice.tsx'
import { useOnline } from '#components/ui/use-online.ts'
import { lastAnswerAt } from '#lib/platform/client.ts'

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** Says on every page that the network is gone, and of when what is still shown is, in the reader's own time. */
export function OfflineBanner() {
  if (useOnline()) return null
  return (
    <div className="px-4 pt-4 sm:px-8">
      <Notice tone="warn" live="status">
        You're offline. Showing what was loaded at {clock.format(lastAnswerAt())}.
      </Notice>
    </div>
  )
}
