// A process of its own that reads through one connection, many times at once. Used by the refresh tests and the bench:
//   node --import ./scripts/lib/server-only.mjs tests/support/reader.ts '{"session":"…","org":"…","connection":"…","readers":67}'
// Says `ready`, waits for a line on standard input, reads, and prints what came of it as one line of JSON.
import { once } from 'node:events'
import { z } from 'zod'
import { withConnection } from '#lib/connections/with-connection.ts'
import { disconnect } from '#lib/platform/db.ts'
import { enter, findPerson } from '#lib/tenancy/actor.ts'

const Task = z.object({
  session: z.string(),
  org: z.string(),
  connection: z.uuid(),
  readers: z.number().int(),
  path: z.string().default('/user'),
  asSecond: z.literal(true).optional(),
})
const task = Task.parse(JSON.parse(process.argv[2] ?? ''))
const person = await findPerson(task.session, { ip: null, requestId: 'reader' })
if (!person) throw new Error('no session')
const actor = await enter(person, task.org)

const { path, asSecond } = task
const second = asSecond ? { asSecond } : {}
process.stdout.write('ready\n')
await once(process.stdin, 'data')
const started = performance.now()
const read = () =>
  withConnection(actor, task.connection, (api) => api(path, { schema: z.unknown(), ...second })).then(
    () => 'read',
    (error: unknown) => `failed: ${error instanceof Error ? error.message : String(error)}`,
  )
const answers = await Promise.all(Array.from({ length: task.readers }, read))
const good = answers.filter((answer) => !answer.startsWith('failed')).length
const failures = [...new Set(answers.filter((answer) => answer.startsWith('failed')))]
process.stdout.write(`${JSON.stringify({ good, failures, ms: Math.round(performance.now() - started) })}\n`)
await disconnect()
process.exit(0)
