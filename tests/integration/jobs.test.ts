import { expect, test } from 'vitest'
import { type Job, startJobs } from '#lib/platform/jobs.ts'
import { asSuperuser } from '#tests/support/as-superuser.ts'

const yearly = (name: string): Job => ({ name, work: async () => {}, schedule: '0 0 1 1 *' })

const scheduled = async (): Promise<string[]> =>
  (await asSuperuser((client) => client.query('SELECT name FROM pgboss.schedule ORDER BY name'))).rows.map(
    ({ name }) => name,
  )

test('what an earlier version did by the clock is forgotten when the worker of this one starts', async () => {
  const [kept, gone] = [yearly('attempts.purge'), yearly('connections.schedule-probes')]
  await (await startJobs([kept, gone]))()
  expect(await scheduled()).toEqual([kept.name, gone.name])
  await (await startJobs([kept]))()
  expect(await scheduled()).toEqual([kept.name])
})
