import { boot } from '#lib/http/boot.ts'
import { disconnect } from '#lib/platform/db.ts'
import { startJobs, stopSending } from '#lib/platform/jobs.ts'
import { log } from '#lib/platform/log.ts'
import { jobs } from './queues.ts'

await boot()
const stopJobs = await startJobs(jobs)
log.info({ queues: jobs.length }, 'worker ready')
process.send?.('ready') // to the supervisor, where there is one

async function stop(): Promise<void> {
  await stopJobs()
  await stopSending()
  await disconnect()
  process.exit(0)
}
process.once('SIGTERM', () => void stop())
process.once('SIGINT', () => void stop())
