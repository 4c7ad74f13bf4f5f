import { noDay } from '#lib/tokens/client.ts'

const dayMs = 24 * 60 * 60 * 1000

/** What is offered besides a day of one's own: the value of the choice and its words. */
export const expiries: readonly (readonly [days: string, words: string])[] = [
  ['30', '30 days'],
  ['90', '90 days'],
  ['365', '1 year'],
]
export const USUAL_EXPIRY = '90'

/**
 * The end that a choice means, as the API takes it: so many days from `now`, the end of a chosen day of the reader's, null
 * for none. Throws `fields-not-accepted` for what is no day.
 */
export function endOf(choice: string, day: string, now: number): string | null {
  if (choice === 'never') return null
  if (choice !== 'custom') return new Date(now + Number(choice) * dayMs).toISOString()
  const end = new Date(`${day.trim()}T23:59:59`)
  if (Number.isNaN(end.getTime())) throw noDay()
  return end.toISOString()
}
