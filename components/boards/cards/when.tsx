'use client'
import { relativeTime } from '#components/ui/time-text.ts'
import { useNow } from '../use-now.ts'

const WEEK_MS = 7 * 24 * 60 * 60 * 1000
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** When a thing changed at its source, as short as a card needs it: "4 min ago", "3 Mar 2026". */
export function When({ at }: { at: string }) {
  const now = useNow()
  const time = Date.parse(at)
  if (Number.isNaN(time)) return null
  return (
    <time dateTime={at} className="tabular-nums">
      {now - time < WEEK_MS ? relativeTime(time, Math.max(now, time)) : day.format(time)}
    </time>
  )
}
