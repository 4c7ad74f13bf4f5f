const LIVE_MS = 60_000
const HOUR_MS = 60 * LIVE_MS
const DAY_MS = 24 * HOUR_MS

/** How old a card's content is, in words; `isOld` from an hour on. Both times in epoch milliseconds. */
export function freshness(asOf: number, now: number): { text: string; isOld: boolean } {
  const age = Math.max(0, now - asOf)
  if (age <= LIVE_MS) return { text: 'live', isOld: false }
  if (age < HOUR_MS) return { text: `${Math.floor(age / LIVE_MS)} min old`, isOld: false }
  if (age < DAY_MS) return { text: `${Math.floor(age / HOUR_MS)} h old`, isOld: true }
  const days = Math.floor(age / DAY_MS)
  return { text: days === 1 ? '1 day old' : `${days} days old`, isOld: true }
}
