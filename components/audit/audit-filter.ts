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

/** The filter with one name changed; an empty value takes it out. */
export function withFilter(filter: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(filter)
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
