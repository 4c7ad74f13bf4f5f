import type { Call } from '#sandbox/http.ts'
import { invalidField } from './refusal.ts'

const DAY_MS = 86_400_000

/** A day of the query, as it is written; null when it was not sent. */
export function dayOf(call: Call, name: string): string | null {
  const text = call.query.get(name)
  if (text === null) return null
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  // 2026-02-31 is read as March.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text) throw invalidField(name)
  return text
}

/** The day of a moment, in UTC. */
export const dayAt = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** When a day begins in a time zone. */
export function startOfDay(day: string, zone = 'UTC'): number {
  const guess = Date.parse(`${day}T00:00:00Z`)
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(guess)
  return guess - (Date.parse(`${parts.replace(', ', 'T')}Z`) - guess)
}

/** When a day ends in a time zone. */
export const endOfDay = (day: string, zone = 'UTC'): number =>
  startOfDay(dayAt(Date.parse(`${day}T00:00:00Z`) + DAY_MS), zone)

/** The time zone of the query; UTC when it was not sent. */
export function zoneOf(call: Call): string {
  const zone = call.query.get('timezone')
  if (zone === null) return 'UTC'
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    throw invalidField('timezone')
  }
}

/** The same day of the month before, or that month's last. */
export function monthBefore(day: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 0)).getUTCDate()
  return dayAt(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - 1, Math.min(at.getUTCDate(), last)))
}
