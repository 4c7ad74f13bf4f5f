import { z } from 'zod'

const Buckets = z.object({ '24h': z.array(z.tuple([z.number(), z.number()]).rest(z.unknown())) })

/** Events an hour of the last day, the oldest first; empty where an answer does not tell. */
export const perDay = (stats: unknown): number[] =>
  Buckets.safeParse(stats).data?.['24h'].map(([, count]) => count) ?? []

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0)
const CHANGE = 1.25

/** Whether the later half of a day had more or less than the earlier; empty where there is nothing to compare. */
export function trendOf(counts: readonly number[]): 'rising' | 'falling' | 'steady' | '' {
  const middle = Math.floor(counts.length / 2)
  const [earlier, later] = [sum(counts.slice(0, middle)), sum(counts.slice(middle))]
  if (middle === 0 || earlier + later === 0) return ''
  if (later > earlier * CHANGE) return 'rising'
  return later * CHANGE < earlier ? 'falling' : 'steady'
}
