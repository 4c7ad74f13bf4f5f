import { jobs as attempts } from '#lib/attempts/jobs.ts'
import { jobs as boards } from '#lib/boards/jobs.ts'
import { jobs as connections } from '#lib/connections/jobs.ts'
import { jobs as governance } from '#lib/governance/jobs.ts'
import { jobs as people } from '#lib/people/jobs.ts'
import type { Job } from '#lib/platform/jobs.ts'

/** Every room's jobs; the worker takes them, and the migration step makes their queues. */
export const jobs: readonly Job[] = [...attempts, ...connections, ...people, ...governance, ...boards]

/** The queues as the job store makes them. */
export const queues = jobs.map(({ name, retryLimit = 2 }) => ({
  name,
  options: { retryLimit, retryBackoff: true, retryDelay: 5, deleteAfterSeconds: 7 * 86_400 },
}))
