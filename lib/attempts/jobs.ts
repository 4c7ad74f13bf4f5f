import type { Job } from '#lib/platform/jobs.ts'
import { purge } from './purge.ts'

/** What the worker does for attempts. */
export const jobs: readonly Job[] = [{ name: 'attempts.purge', work: purge, schedule: '*/2 * * * *' }]
