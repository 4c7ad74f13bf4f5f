'use client'
import { Notice } from '#components/ui/notice.tsx'
import { clockTime } from '#components/ui/time-text.ts'
import { useOnline } from '#components/ui/use-online.ts'
import { shownNow } from '#components/ui/use-preferences.ts'
import { lastAnswerAt } from '#lib/platform/client.ts'

/** Says on every page that the network is gone, and of when what is still shown is, in the reader's own time. */
export function OfflineBanner() {
  if (useOnline()) return null
  return (
    <div className="px-4 pt-4 sm:px-8">
      <Notice tone="warn" live="status">
        You're offline. Showing what was loaded at {clockTime(lastAnswerAt(), shownNow())}.
      </Notice>
    </div>
  )
}
