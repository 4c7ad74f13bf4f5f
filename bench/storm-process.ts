// A process of its own with many readers: told what to read by one line, it reads at the next, all at once.
import { z } from 'zod'
import { withConnection } from '#lib/connections/with-connection.ts'
import { disconnect } from '#lib/platform/db.ts'
import { type Actor, enter, findPerson } from '#lib/tenancy/actor.ts'
import { answerParent } from './child.ts'

const Task = z.object({
  session: z.string(),
  org: z.string(),
  connections: z.array(z.uuid()),
  readers: z.number().int(),
})

let prepared: { actor: Actor; connections: readonly string[]; readers: number } | undefined

async function prepare(line: string): Promise<string> {
  const task = Task.parse(JSON.parse(line))
  const person = await findPerson(task.session, { ip: null, requestId: 'bench' })
  if (!person) throw new Error('no session')
  prepared = { ...task, actor: await enter(person, task.org) }
  return 'prepared'
}

async function read(): Promise<string> {
  if (!prepared) throw new Error('nothing to read')
  const { actor, connections, readers } = prepared
  const began = performance.now()
  const one = (_: unknown, n: number) =>
    withConnection(actor, connections[n % connections.length] ?? '', async (_api, used) => used.id).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
  const outcomes = await Promise.all(Array.from({ length: readers }, one))
  const slowestMs = performance.now() - began
  const failures = [...new Set(outcomes.filter((outcome) => outcome !== null))]
  return JSON.stringify({ good: outcomes.filter((outcome) => outcome === null).length, failures, slowestMs })
}

await answerParent((question) => (question === 'go' ? read() : prepare(question)))
await disconnect()
