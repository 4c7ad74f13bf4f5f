'use client'
import { dayText, relativeTime } from '#components/ui/time-text.ts'
import { shownNow } from '#components/ui/use-preferences.ts'
import { useNow } from '../use-now.ts'

const WEEK_MS = 7 * 24 * 60 * 60 * 1000

/** When a thing changed at its source, or is planned to be, as short as a card needs it: "4 min ago", "in 2 days", "3 Mar 2026". */
export function When({ at, isPlanned = false }: { at: string; isPlanned?: boolean }) {
  const now = useNow()
  const time = Date.parse(at)
  if (Number.isNaN(time)) return null
  return (
    <time dateTime={at} className="tabular-nums">
      {(isPlanned ? Math.abs(now - time) : now - time) < WEEK_MS
        ? relativeTime(time, isPlanned ? now : Math.max(now, time))
        : dayText(time, shownNow())}
    </time>
  )
}
