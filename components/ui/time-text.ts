const justNow = 10_000
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** In which zone, without one the reader's own, and by which clock a time is told. */
export type Shown = { timeZone?: string; hour12?: boolean }

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

const clock = ({ hour12 = false }: Shown) =>
  ({ hour: hour12 ? 'numeric' : '2-digit', minute: '2-digit', hour12 }) satisfies Intl.DateTimeFormatOptions
const zone = ({ timeZone }: Shown): Intl.DateTimeFormatOptions => (timeZone ? { timeZone } : {})

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Writes a moment; one formatter for the same options, since making it costs thirty times what writing does. */
function written(at: number, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options)
  const known = formatters.get(key) ?? new Intl.DateTimeFormat('en-GB', options)
  formatters.set(key, known)
  return known.format(at)
}

/** Date and minute in a zone, with its abbreviation: "18 Nov 2026, 14:20 UTC". */
export function absoluteTime(at: number, options: Shown & { seconds?: boolean } = {}): string {
  return written(at, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...clock(options),
    ...(options.seconds && { second: '2-digit' }),
    timeZoneName: 'short',
    ...zone(options),
  })
}

/** The minute of a day: "14:20", "2:20 pm". `at` in epoch milliseconds. */
export const clockTime = (at: number, shown: Shown): string => written(at, { ...clock(shown), ...zone(shown) })

/** A day: "18 Nov 2026". `at` in epoch milliseconds. */
export const dayText = (at: number, shown: Shown, month: 'short' | 'long' = 'short'): string =>
  written(at, { day: 'numeric', month, year: 'numeric', ...zone(shown) })

/** Under seven days away a time is told relative to now, else as a date. */
export function readableTime(at: number, now: number, shown: Shown = {}): string {
  return Math.abs(now - at) < 7 * day ? relativeTime(at, now) : absoluteTime(at, shown)
}

/** The moment nearest to `now` at which it is this minute of the day in UTC, in epoch milliseconds. */
function nearest(hours: number, minutes: number, now: number): number {
  const today = Math.floor(now / day) * day + hours * hour + minutes * minute
  return today + Math.round((now - today) / day) * day
}

/** A sentence of the server, which tells a minute of the day in UTC ("until 14:20 UTC"), in the reader's own time. */
export const inOwnTime = (sentence: string, now: number, shown: Shown): string =>
  sentence.replace(/\b(\d\d):(\d\d) UTC\b/g, (_, hours: string, minutes: string) =>
    clockTime(nearest(Number(hours), Number(minutes), now), shown),
  )
