import 'server-only'
import { PgBoss } from 'pg-boss'
import { type Db, Prisma } from './db.ts'
import { env } from './env.ts'
import { log } from './log.ts'

/** A queue and what its jobs carry: ids only, never content. `work` must be safe to run twice. */
export type Job<P extends Record<string, string> = Record<string, string>> = {
  name: string
  work: (payload: P) => Promise<void>
  /** Cron in UTC, for jobs that come by the clock. */
  schedule?: string
  retryLimit?: number
}

// Next evaluates this module once per bundle; one sender per process serves them all.
const shared: { plugboardSender?: Promise<PgBoss> } = globalThis as object

/** Only sends: it looks queues up and takes nothing, schedules nothing, changes no schema. */
function sender(): Promise<PgBoss> {
  shared.plugboardSender ??= new PgBoss({
    connectionString: env().DATABASE_URL,
    schema: 'pgboss',
    migrate: false,
    max: 1,
    supervise: false,
    schedule: false,
  })
    .on('error', (error) => log.error({ error }, 'job sender'))
    .start()
    .catch((error: unknown) => {
      delete shared.plugboardSender
      throw error
    })
  return shared.plugboardSender
}

/** Sends a job inside the caller's transaction: it commits and rolls back with it. */
export async function enqueue(
  db: Db,
  name: string,
  payload: Record<string, string>,
  options: { startAfterSeconds?: number } = {},
): Promise<void> {
  const boss = await sender()
  await boss.send(name, payload, {
    ...(options.startAfterSeconds ? { startAfter: options.startAfterSeconds } : {}),
    db: { executeSql: async (text, values = []) => ({ rows: await db.$queryRawUnsafe(text, ...values) }) },
  })
}

/** Whether a job of this name that carries these values waits for its turn or is at work. */
export async function isQueued(db: Db, name: string, payload: Record<string, string>): Promise<boolean> {
  const [row] = await db.$queryRaw<{ found: boolean }[]>(Prisma.sql`
    SELECT EXISTS (SELECT 1 FROM pgboss.job WHERE name = ${name} AND state IN ('created', 'retry', 'active')
      AND data @> ${JSON.stringify(payload)}::jsonb) AS found`)
  return row?.found === true
}

/** What an earlier version did by the clock and this one does not: nobody would take it. */
async function forgetSchedules(worker: PgBoss, jobs: readonly Job[]): Promise<void> {
  for (const { name } of await worker.getSchedules())
    if (!jobs.some((job) => job.name === name && job.schedule)) await worker.unschedule(name)
}

/** Starts taking jobs in this process. Returns how to stop: running jobs get `graceMs` to finish. */
export async function startJobs(jobs: readonly Job[], graceMs = 10_000): Promise<() => Promise<void>> {
  const worker = new PgBoss({ connectionString: env().DATABASE_URL, schema: 'pgboss', migrate: false, max: 6 })
  worker.on('error', (error) => log.error({ error }, 'job queue'))
  await worker.start()
  await forgetSchedules(worker, jobs)
  for (const job of jobs) {
    if (job.schedule) await worker.schedule(job.name, job.schedule)
    await worker.work(job.name, { pollingIntervalSeconds: 1 }, async (batch) => {
      for (const { data } of batch) await job.work((data ?? {}) as Record<string, string>) // ids only, by convention of `enqueue`
    })
  }
  return () => worker.stop({ graceful: true, timeout: graceMs })
}

/** Closes what `enqueue` opened; for processes that end and for tests. */
export async function stopSending(): Promise<void> {
  const boss = await shared.plugboardSender
  delete shared.plugboardSender
  await boss?.stop({ graceful: false, close: true })
}
