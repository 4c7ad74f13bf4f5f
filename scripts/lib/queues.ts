// pg-boss's own schema and the rooms' queues, made by the owner role: web and worker only use them.
import { PgBoss } from 'pg-boss'
import { sleep } from './process.ts'

/** A queue as a room declares it. */
export type Queue = { name: string; options?: Parameters<PgBoss['createQueue']>[1] }

const INDEXES_WITHIN_MS = 300_000

/** Brings pg-boss's schema to its version and the queues to what `queues` says. */
export async function deployQueues(ownerUrl: string, queues: readonly Queue[]): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, supervise: false, schedule: false, max: 2 })
  const failures: Error[] = []
  boss.on('error', (error) => failures.push(error))
  await boss.start()
  try {
    const known = new Map((await boss.getQueues()).map((queue) => [queue.name, queue.policy ?? 'standard']))
    for (const queue of deadLettersFirst(queues)) await deployQueue(boss, queue, known.get(queue.name))
    await indexesBuilt(boss)
  } finally {
    await boss.stop({ graceful: false })
  }
  if (failures[0]) throw failures[0]
}

async function deployQueue(boss: PgBoss, { name, options = {} }: Queue, policyNow?: string): Promise<void> {
  const { policy = 'standard', partition: _, ...changeable } = options
  if (policyNow === undefined) return boss.createQueue(name, options)
  // pg-boss: the policy of a queue cannot be changed after it was made
  if (policyNow !== policy)
    throw new Error(`queue ${name} is ${policyNow} and cannot become ${policy}: give it a new name`)
  if (Object.keys(changeable).length > 0) await boss.updateQueue(name, changeable)
}

/** A queue may only name a dead letter queue that exists. */
function deadLettersFirst(queues: readonly Queue[]): Queue[] {
  return queues.toSorted((a, b) => Number(Boolean(a.options?.deadLetter)) - Number(Boolean(b.options?.deadLetter)))
}

/** An upgrade of pg-boss may build indexes in the background; they need the owner, so wait for them here. */
async function indexesBuilt(boss: PgBoss): Promise<void> {
  const until = Date.now() + INDEXES_WITHIN_MS
  for (;;) {
    const entries = await boss.getBamEntries()
    const failed = entries.find((entry) => entry.status === 'failed')
    if (failed) throw new Error(`pg-boss could not build an index: ${failed.name}`)
    if (entries.every((entry) => entry.status === 'completed')) return
    if (Date.now() > until) throw new Error('pg-boss did not finish building its indexes within five minutes')
    await sleep(200)
  }
}
