import { FIRST_TOLD_DAYS } from '#lib/connections/judge-rotation.ts'

const WEEK_DAYS = 7
const TOLD_BEFORE = [1, 7, FIRST_TOLD_DAYS] as const // as const: the days, not any numbers

/**
 * Which reminder it is time for, by the days that are left: 14, 7 or 1 before; once its time is over 0, and then one a week
 * (-7, -14, ...). Null while it is too early for any. A reminder that was missed is not made up for: the next one counts.
 */
export function reminderFor(daysLeft: number): number | null {
  if (daysLeft <= 0) return -Math.floor(-daysLeft / WEEK_DAYS) * WEEK_DAYS || 0 // never minus nought
  return TOLD_BEFORE.find((days) => daysLeft <= days) ?? null
}

/** Whether a reminder is still to be sent, by the last that was. */
export const isNews = (reminder: number | null, told: number | null): reminder is number =>
  reminder !== null && (told === null || reminder < told)
