const justNow = 10_000
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How long ago or until, in one unit: "4 min ago", "in 12 days". Both in epoch milliseconds. */
export function relativeTime(at: number, now: number): string {
  const span = Math.abs(now - at)
  if (span < justNow) return 'just now'
  const size =
    span < minute
      ? count(span, 1000, 's')
      : span < hour
        ? count(span, minute, 'min')
        : span < day
          ? count(span, hour, 'h')
          : days(span)
  return now >= at ? `${size} ago` : `in ${size}`
}

function count(span: number, unit: number, word: string): string {
  return `${Math.floor(span / unit)} ${word}`
}

function days(span: number): string {
  const whole = Math.floor(span / day)
  return whole === 1 ? '1 day' : `${whole} days`
}

/** Date and minute in a zone, with its abbreviation: "18 Nov 2026, 14:20 UTC". Without a zone, the reader's own. */
export function absoluteTime(at: number, options: { timeZone?: string; seconds?: boolean } = {}): string {
  const { timeZone, seconds = false } = options
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds && { second: '2-digit' }),
    timeZoneName: 'short',
    ...(timeZone && { timeZone }),
  }).format(at)
}

/** Under seven days away a time is told relative to now, else as a date. */
export function readableTime(at: number, now: number): string {
  return Math.abs(now - at) < 7 * day ? relativeTime(at, now) : absoluteTime(at)
}
