// A private PostgreSQL: made once with initdb, then run as a child that ends with whoever started it.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { canListen, freePort } from './ports.ts'
import * as binaries from './postgres-binaries.ts'
import type { Order } from './postgres-keeper.ts'
import { isAlive, sleep, workingFolderOf } from './process.ts'

const READY_WITHIN_MS = 60_000
const LEFTOVER_ENDS_WITHIN_MS = 30_000
const LOG_KEPT_BYTES = 5_000_000

/** A running server. */
export type Postgres = {
  port: number
  /** the URL of a database for PostgreSQL's own superuser: provisioning only */
  superuserUrl: (database: string) => string
  /** how it ended, when it did */
  ended: Promise<string>
  /** lets everything committed reach the disk; resolves when it is gone */
  stop: () => Promise<void>
}

/** What is kept beside the data: connection.json, readable by its owner alone. */
type Kept = { password: string; port: number }

type Settings = Record<string, string | number>

type Place = { cluster: string; log: string; bin: (name: string) => string; user: binaries.ServerUser }

/**
 * Starts the server whose data lie in `folder`, making them the first time.
 * Whoever calls must hold the folder alone: a server left behind there is ended first.
 * Throws with the end of the server's log when it does not come up within a minute.
 */
export async function startPostgres(options: {
  folder: string
  settings?: Settings
  /** the port its clients know already: no other will do */
  onlyPort?: number
  say?: (line: string) => void
}): Promise<Postgres> {
  const place = choosePlace(options.folder, options.say ?? (() => {}))
  const kept = keep(options.folder, {})
  if (!fs.existsSync(path.join(place.cluster, 'PG_VERSION'))) await makeCluster(place, kept.password)
  await endLeftover(place.cluster, kept.password)
  const { keeper, port } = await launch(place, kept, options)
  keep(options.folder, { port })
  const ended = once(keeper, 'exit').then(([code]) => `exit ${code}`)
  return {
    port,
    superuserUrl: (database) => urlFor({ password: kept.password, port }, database),
    ended,
    stop: async () => {
      keeper.kill('SIGTERM')
      await ended
    },
  }
}

/** The superuser's URL of a server that another process runs in `folder`; null when none was ever made there. */
export function superuserUrlOf(folder: string, database: string): string | null {
  if (!fs.existsSync(path.join(folder, 'connection.json'))) return null
  return urlFor(keep(folder, {}), database)
}

function urlFor({ password, port }: Kept, database: string): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`
}

function keep(folder: string, changes: Partial<Kept>): Kept {
  const file = path.join(folder, 'connection.json')
  const before: Partial<Kept> = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {}
  const kept: Kept = { password: randomBytes(18).toString('base64url'), port: 0, ...before, ...changes }
  const next = `${file}.${process.pid}`
  fs.writeFileSync(next, JSON.stringify(kept), { mode: 0o600 })
  fs.renameSync(next, file)
  return kept
}

function choosePlace(folder: string, say: (line: string) => void): Place {
  let native = binaries.findBinaries()
  let home = path.resolve(folder)
  fs.mkdirSync(home, { recursive: true })
  const user = binaries.serverUser(path.join(home, 'data'))
  if (!binaries.canEnter(native, user)) native = binaries.sharedBinaries(native)
  if (!binaries.canEnter(path.dirname(home), user)) {
    home = binaries.sharedFolderFor(home)
    say(`PostgreSQL may not enter ${folder}: its files are in ${home}`)
    fs.mkdirSync(home, { recursive: true })
  }
  if (user.uid !== undefined && user.gid !== undefined) fs.chownSync(home, user.uid, user.gid)
  const ending = process.platform === 'win32' ? '.exe' : ''
  return {
    cluster: path.join(home, 'data'),
    log: path.join(home, 'postgres.log'),
    bin: (name) => path.join(native, 'bin', `${name}${ending}`),
    user,
  }
}

/** initdb into a folder of another name, so that an interrupted one is never taken for a cluster. */
async function makeCluster(place: Place, password: string): Promise<void> {
  const partial = `${place.cluster}.new`
  const secret = `${place.cluster}.secret`
  fs.rmSync(partial, { recursive: true, force: true })
  fs.rmSync(secret, { force: true })
  fs.writeFileSync(secret, password, { mode: 0o600 })
  const { uid, gid } = place.user
  if (uid !== undefined && gid !== undefined) fs.chownSync(secret, uid, gid)
  // the built-in C.UTF-8 sorts alike on every system
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '-E', 'UTF8']
  const access = ['-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${secret}`]
  try {
    await promisify(execFile)(place.bin('initdb'), ['-D', partial, ...access, ...locale, '--no-instructions'], {
      ...place.user,
      cwd: path.dirname(partial),
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    })
  } finally {
    fs.rmSync(secret, { force: true })
  }
  fs.renameSync(partial, place.cluster)
}

/** Ends a server that outlived its supervisor, and clears a postmaster.pid whose number another program has by now. */
async function endLeftover(cluster: string, password: string): Promise<void> {
  const file = path.join(cluster, 'postmaster.pid')
  const until = Date.now() + LEFTOVER_ENDS_WITHIN_MS
  for (let told = 0; ; await sleep(100)) {
    const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n') : []
    const pid = Number(lines[0])
    if (!isAlive(pid)) return // PostgreSQL itself removes the file of a dead process
    const folder = workingFolderOf(pid) // a server works in its data folder
    if (folder !== null && folder !== fs.realpathSync(cluster)) return fs.rmSync(file, { force: true })
    const isOurs = folder !== null || (await answers({ password, port: Number(lines[3]) }, cluster))
    if (isOurs && told !== pid) {
      told = pid
      process.kill(pid, 'SIGINT')
    }
    if (Date.now() > until)
      throw new Error(`process ${pid} holds ${cluster} and does not end: end it, then start again`)
  }
}

async function answers(kept: Kept, cluster: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlFor(kept, 'postgres'), connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query('SHOW data_directory')
    return fs.realpathSync(rows[0].data_directory) === fs.realpathSync(cluster)
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function launch(place: Place, kept: Kept, options: { settings?: Settings; onlyPort?: number }) {
  if ((fs.statSync(place.log, { throwIfNoEntry: false })?.size ?? 0) > LOG_KEPT_BYTES) fs.rmSync(place.log)
  const until = Date.now() + READY_WITHIN_MS
  let wanted = options.onlyPort ?? kept.port
  for (;;) {
    const isFree = wanted > 0 && (await canListen(wanted))
    if (!isFree && options.onlyPort) throw new Error(`port ${wanted} was taken by another program`)
    const port = isFree ? wanted : await freePort()
    const from = fs.statSync(place.log, { throwIfNoEntry: false })?.size ?? 0
    const keeper = spawnKeeper(place, port, options.settings ?? {})
    if (await isReady(keeper, { ...kept, port }, place.cluster, until)) return { keeper, port }
    await endKeeper(keeper)
    const said = fs.existsSync(place.log) ? fs.readFileSync(place.log, 'utf8').slice(from) : ''
    // after a kill -9 the old backends need a moment to let go of the shared memory; a port may be lost in a race
    const isPassing = /shared memory block|could not bind|lock file "postmaster\.pid"/.test(said)
    if (!isPassing || Date.now() > until) throw new Error(`PostgreSQL did not start:\n${said.slice(-2000)}`)
    if (said.includes('could not bind')) wanted = 0
    await sleep(250)
  }
}

function spawnKeeper(place: Place, port: number, settings: Settings): ChildProcess {
  const all = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 100,
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
  }
  const args = ['-D', place.cluster, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const order: Order = {
    file: place.bin('postgres'),
    args,
    folder: path.dirname(place.cluster),
    log: place.log,
    ...place.user,
  }
  return spawn(process.execPath, [path.join(import.meta.dirname, 'postgres-keeper.ts'), JSON.stringify(order)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true, // the terminal's Ctrl-C is for the supervisor: it ends the clients first
  })
}

async function isReady(keeper: ChildProcess, kept: Kept, cluster: string, until: number): Promise<boolean> {
  for (; keeper.exitCode === null && keeper.signalCode === null && Date.now() < until; await sleep(30))
    if (await answers(kept, cluster)) return true
  return false
}

async function endKeeper(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return
  keeper.kill('SIGTERM')
  await once(keeper, 'exit')
}
