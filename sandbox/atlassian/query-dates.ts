import type { Value } from './query-read.ts'
import { Unreadable } from './query-tokens.ts'

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }
const DAY_MS = 86_400_000

/** `-7d`, `4w 2d`, `now`: how far from now in milliseconds; null when it is no period. */
function periodMs(text: string): number | null {
  const parts = /^([+-]?)((?:\d+[mhdw]\s*)+)$/i.exec(text.trim())
  if (!parts) return null
  const total = [...(parts[2] ?? '').matchAll(/(\d+)([mhdw])/gi)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (UNIT_MS[unit.toLowerCase()] ?? 0),
    0,
  )
  return parts[1] === '-' ? -total : total
}

function startOf(unit: string, now: number): number {
  const date = new Date(now)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  if (unit === 'year') return Date.UTC(year, 0)
  if (unit === 'month') return Date.UTC(year, month)
  const day = Date.UTC(year, month, date.getUTCDate())
  return unit === 'week' ? day - date.getUTCDay() * DAY_MS : day
}

function endOf(unit: string, now: number): number {
  const from = new Date(startOf(unit, now))
  if (unit === 'year') return Date.UTC(from.getUTCFullYear() + 1, 0) - 1
  if (unit === 'month') return Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1) - 1
  return from.getTime() + (unit === 'week' ? 7 : 1) * DAY_MS - 1
}

/** The instant that a value of a date field means. Times without a zone are UTC here. */
export function instantOf(field: string, value: Value, now: number): number {
  if (value.type === 'function') {
    const [, edge, unit = ''] = /^(startof|endof)(day|week|month|year)$/.exec(value.name) ?? []
    if (value.name !== 'now' && edge === undefined)
      throw new Unreadable(`Unable to find JQL function '${value.name}()'.`)
    const moved = now + (periodMs(value.args[0] ?? '') ?? 0)
    if (edge === undefined) return moved
    return edge === 'startof' ? startOf(unit, moved) : endOf(unit, moved)
  }
  const text = value.type === 'text' ? value.text : ''
  const period = periodMs(text)
  if (period !== null) return now + period
  const [, day = '', time = '00:00'] = /^(\d{4}[-/]\d{1,2}[-/]\d{1,2})(?:[ T](\d{1,2}:\d{2}))?$/.exec(text) ?? []
  const date = day
    .split(/[-/]/)
    .map((part) => part.padStart(2, '0'))
    .join('-')
  const at = Date.parse(`${date}T${time.padStart(5, '0')}Z`)
  if (!Number.isNaN(at)) return at
  throw new Unreadable(
    `Date value '${text}' for field '${field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
  )
}
