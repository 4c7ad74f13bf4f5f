import type { Job } from '#lib/platform/jobs.ts'
import { jobActor } from '#lib/tenancy/actor.ts'
import { tellReminder } from './tell-reminder.ts'

/** What the worker does for members without an account. */
export const jobs: readonly Job[] = [
  {
    name: 'people.remind',
    work: async ({ organizationId = '', ...notice }) =>
      tellReminder(await jobActor(organizationId, 'people.remind'), notice),
    retryLimit: 5,
  },
]
