import { AuditFilter } from '#lib/audit/schema.ts'

/** What an address tells of the filter, name by name; what it does not know or cannot read is left out. */
export function readFilter(params: URLSearchParams): URLSearchParams {
  const read = Object.entries(AuditFilter.shape).flatMap(([name, schema]) => {
    const value = params.get(name)
    // PostgreSQL cannot keep U+0000 (its manual, s.8.3), nor look for it
    return value && !value.includes('\0') && schema.safeParse(value).success ? [[name, value]] : []
  })
  return new URLSearchParams(read)
}

/** The filter with some names changed; an empty value takes one out. */
export function withFilter(filter: URLSearchParams, values: Readonly<Record<string, string>>): URLSearchParams {
  const next = new URLSearchParams(filter)
  for (const [name, value] of Object.entries(values))
    if (value) next.set(name, value)
    else next.delete(name)
  return next
}

/** The day of a moment in UTC, as one types it. */
export const dayOf = (moment: string | null): string => moment?.slice(0, 10) ?? ''

/** The first or last moment of a typed day in UTC; null for what is no day. */
export function momentOf(day: string, edge: 'from' | 'to'): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null
  const moment = `${day}T${edge === 'from' ? '00:00:00' : '23:59:59.999'}Z`
  return AuditFilter.shape[edge].safeParse(moment).success ? moment : null
}

const DAY_MS = 86_400_000

/** The last days, today among them, by how many they are. */
export const presets = [
  ['1', 'Today'],
  ['7', 'Last 7 days'],
  ['30', 'Last 30 days'],
  ['90', 'Last 90 days'],
] as const // as const: pairs

/** The first moment of the last days in UTC. `today` is one like 2026-11-01. */
export function presetFrom(days: number, today: string): string {
  const first = new Date(Date.parse(`${today}T00:00:00Z`) - (days - 1) * DAY_MS)
  return `${first.toISOString().slice(0, 10)}T00:00:00Z`
}

/** Which of the presets a range is, if it is one. */
export function presetOf({ from, to }: { from: string; to: string }, today: string): string | null {
  if (to !== '' || from === '') return null
  return presets.find(([days]) => presetFrom(Number(days), today) === from)?.[0] ?? null
}
