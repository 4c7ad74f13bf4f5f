// Stands between the supervisor and PostgreSQL: node postgres-keeper.ts <json of Order>
// However the supervisor ends, kill -9 included, the channel to it closes and this process shuts PostgreSQL down.
import { spawn } from 'node:child_process'
import fs from 'node:fs'

/** What the keeper is told to run. */
export type Order = { file: string; args: string[]; folder: string; log: string; uid?: number; gid?: number }

const order: Order = JSON.parse(process.argv[2] ?? '{}')
const log = fs.openSync(order.log, 'a')
const postgres = spawn(order.file, order.args, {
  cwd: order.folder,
  env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  stdio: ['ignore', log, log],
  // its own session: a signal to the keeper's group must not reach PostgreSQL, for which SIGTERM means "wait for all clients"
  detached: true,
  ...(order.uid === undefined ? {} : { uid: order.uid, gid: order.gid }),
})

let isStopping = false
function stop(): void {
  if (isStopping) return
  isStopping = true
  postgres.kill('SIGINT') // "fast": clients are cut off, everything committed is on disk
  setTimeout(() => postgres.kill('SIGQUIT'), 20_000).unref()
}
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop)
process.on('disconnect', stop)
process.channel?.unref()

postgres.on('error', (error) => {
  fs.writeSync(log, `${error.message}\n`)
  process.exit(1)
})
postgres.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
