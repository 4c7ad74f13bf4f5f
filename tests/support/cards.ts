// What the tests of cards share: people who see different things at GitHub, and a file that only one of them can open.
import { onTestFinished } from 'vitest'
import { shiftClock } from '#lib/platform/clock.ts'
import { newOrganization, type TestOrganization } from './organization.ts'
import { joins, ownerOf, type Viewer } from './viewer.ts'

export const payrollRepository = 'https://github.com/acme/payroll'
export const payrollFile = 'https://github.com/acme/payroll/blob/main/payroll/gross.py'

/** Lets the clock of the product go on, until the end of the test. */
export const later = (seconds: number) => onTestFinished(shiftClock(seconds * 1000))

/** An organization whose owner can open payroll, with a member who has a GitHub account that cannot, and one who has none. */
export async function team(): Promise<{ org: TestOrganization; dana: Viewer; priya: Viewer; gil: Viewer }> {
  const org = await newOrganization()
  const dana = await ownerOf(org, 'dana-k')
  const priya = await joins(org, 'member', 'Priya', 'priya-n')
  const gil = await joins(org, 'member', 'Gil')
  return { org, dana, priya, gil }
}
