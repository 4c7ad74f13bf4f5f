'use client'
import { useSyncExternalStore } from 'react'
import { absoluteTime, inOwnTime, readableTime, type Shown } from './time-text.ts'
import { Tooltip } from './tooltip.tsx'
import { useShown } from './use-preferences.ts'

const tickMs = 10_000

function everyTick(tell: () => void) {
  const timer = setInterval(tell, tickMs)
  return () => clearInterval(timer)
}

/** Now in epoch milliseconds, in steps, never behind; null on the server and while hydrating: no one knows the reader's zone. */
function useNow(): number | null {
  return useSyncExternalStore(
    everyTick,
    () => Math.ceil(Date.now() / tickMs) * tickMs,
    () => null,
  )
}

/** How times are told to this reader; in UTC on the server and while hydrating, so that both write the same. */
export function useOwnTime(): Shown {
  const [now, shown] = [useNow(), useShown()]
  return now === null ? { timeZone: 'UTC' } : shown
}

/**
 * A moment, `value` in ISO 8601. The server writes it absolute in UTC, the browser turns it into "4 min ago" or the reader's zone and clock.
 * `precise` makes the exact value reachable by keyboard; `absolute` never goes relative (logs, audit, incidents).
 */
export function Time({ value, form = 'plain' }: { value: string; form?: 'plain' | 'precise' | 'absolute' }) {
  const now = useNow()
  const shown = useShown()
  const at = Date.parse(value)
  const exact = absoluteTime(at, { seconds: true, ...(now === null ? { timeZone: 'UTC' } : shown) })
  const relative = now === null ? absoluteTime(at, { timeZone: 'UTC' }) : readableTime(at, now, shown)
  const time = (
    <time dateTime={value} className="tabular-nums">
      {form === 'absolute' ? exact : relative}
    </time>
  )
  if (form !== 'precise') return time
  return <Tooltip text={exact}>{time}</Tooltip>
}

/** A sentence of the server in which times are in UTC, told in the reader's own. */
export function OwnTime({ children }: { children: string }) {
  const now = useNow()
  const shown = useShown()
  return now === null ? children : inOwnTime(children, now, shown)
}
