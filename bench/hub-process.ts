// A process of its own that lists the providers whenever its parent asks, in the database of its environment.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { z } from 'zod'
import { listProviders } from '#lib/connections/queries.ts'
import { disconnect } from '#lib/platform/db.ts'
import { enter, findPerson } from '#lib/tenancy/actor.ts'
import { answerParent } from './child.ts'
import { median, timesOf } from './rounds.ts'
import { askedBy } from './statements.ts'

const RUNS = 6

const Task = z.object({ session: z.string(), org: z.string(), superuser: z.string() })
const task = Task.parse(JSON.parse(process.argv[2] ?? ''))
const person = await findPerson(task.session, { ip: null, requestId: 'bench' })
if (!person) throw new Error('no session')
const actor = await enter(person, task.org)
const list = () => listProviders(actor)

/** In bytes: what lives after everything that can go has gone. */
function memoryUsed(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

const answers: Record<string, () => Promise<string>> = {
  time: async () => String(median(await timesOf(RUNS, list))),
  statements: async () => JSON.stringify(await askedBy(task.superuser, list)),
  memory: async () => String(memoryUsed()),
}
await answerParent((question) => answers[question]?.() ?? Promise.reject(new Error(`no answer to ${question}`)))
await disconnect()
