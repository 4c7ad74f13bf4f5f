import { expect, test } from 'vitest'
import { isNews, reminderFor } from './policy.ts'

test.each([
  [15, null],
  [14, 14],
  [8, 14],
  [7, 7],
  [2, 7],
  [1, 1],
  [0, 0],
  [-6, 0],
  [-7, -7],
  [-13, -7],
  [-14, -14],
])('with %i days left it is time for the reminder %j', (daysLeft, reminder) => {
  expect(reminderFor(daysLeft)).toBe(reminder)
})

test('each reminder is sent once, and one that was missed is not made up for', () => {
  let told: number | null = null
  const sent: number[] = []
  for (const daysLeft of [16, 15, 14, 13, 8, 6, 6, 2, 1, 0, -1, -7, -8, -15]) {
    const reminder = reminderFor(daysLeft)
    if (!isNews(reminder, told)) continue
    sent.push(reminder)
    told = reminder
  }
  expect(sent).toEqual([14, 7, 1, 0, -7, -14])
})
