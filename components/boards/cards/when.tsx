'use client'
import { dayText, relativeTime } from '#components/ui/time-text.ts'
import { shownNow } from '#components/ui/use-preferences.ts'
import { useNow } from '../use-now.ts'

const WEEK_MS = 7 * 24 * 60 * 60 * 1000

/** When a thing changed at its source, as short as a card needs it: "4 min ago", "3 Mar 2026". */
export function When({ at }: { at: string }) {
  const now = useNow()
  const time = Date.parse(at)
  if (Number.isNaN(time)) return null
  return (
    <time dateTime={at} className="tabular-nums">
      {now - time < WEEK_MS ? relativeTime(time, Math.max(now, time)) : dayText(time, shownNow())}
    </time>
  )
}
