// The life of `npm start`: takes the folder and the ports, brings up the parts in order, keeps them, ends them.
import './server-only.mjs'
import { startEmbedded } from './embedded.ts'
import { type Hold, holdFolder, readHolder } from './folder-lock.ts'
import { onEnd } from './lifeline.mjs'
import { messageOf } from './message-of.ts'
import { refuseIfBehind } from './migration-history.ts'
import { ensureFree } from './ports.ts'
import { readSecrets } from './secrets.ts'
import { programEnv, type Settings, sandboxEnv } from './settings.ts'
import { type Part, type Program, Stopped, type Supervisor, supervise } from './supervise.ts'

/** The programs of the product, made for the environment they run in. */
export type Programs = {
  /** before anything is started: generate and build */
  prepare: (supervisor: Supervisor, say: (line: string) => void) => Promise<void>
  migration: (env: NodeJS.ProcessEnv) => Program
  seed: (env: NodeJS.ProcessEnv) => Program
  sandbox: (env: NodeJS.ProcessEnv) => Part
  web: (env: NodeJS.ProcessEnv) => Part
  worker: (env: NodeJS.ProcessEnv) => Part
}

/** How long the children of a start that was killed may take to let go of their ports. */
const LEFTOVERS_END_WITHIN_MS = 15_000

const say = (line: string) => console.log(`[plugboard] ${line}`)

/** Runs everything until it is told to end, or cannot go on. Resolves with the exit code, when nothing is left running. */
export async function runProduct(settings: Settings, programs: Programs): Promise<number> {
  const hold = holdFolder(settings.dataDir, { pid: process.pid, address: settings.appUrl })
  if (!hold) return refuse(settings)
  const supervisor = supervise(say)
  onEnd((why) => {
    say(`${why}: ending`)
    void supervisor.stop(null)
  })
  try {
    await startAll(settings, programs, supervisor, hold)
  } catch (error) {
    await supervisor.stop(error instanceof Stopped ? null : messageOf(error))
  }
  const fault = await supervisor.over
  hold.release()
  if (fault === null) say('ended')
  else console.error(`[plugboard] ${fault}`)
  return fault === null ? 0 : 1
}

function refuse({ dataDir }: Settings): number {
  const holder = readHolder(dataDir)
  const who = holder ? `process ${holder.pid} (${holder.address})` : 'another process'
  const advice = 'end that first, or set DATA_DIR, PORT and SANDBOX_PORT for a second one'
  console.error(`[plugboard] ${who} uses ${dataDir}: ${advice}`)
  return 1
}

async function startAll(settings: Settings, programs: Programs, supervisor: Supervisor, hold: Hold): Promise<void> {
  const began = performance.now()
  if (!settings.isEmbedded) await refuseIfIncomplete(settings)
  await ensurePorts(settings, hold.wasAbandoned ? LEFTOVERS_END_WITHIN_MS : 0)
  await programs.prepare(supervisor, say)
  const database = settings.isEmbedded ? startOwnDatabase : takeGivenDatabase
  const [env] = await Promise.all([
    database(settings, programs, supervisor),
    settings.sandboxPort === null ? undefined : supervisor.keep(programs.sandbox(sandboxEnv(settings, process.env))),
  ])
  await Promise.all([
    settings.isEmbedded ? supervisor.run('the demo seed', programs.seed(env)) : undefined,
    supervisor.keep(programs.web(env)),
    supervisor.keep(programs.worker(env)),
  ])
  welcome(settings, performance.now() - began)
}

/** Throws an Error that names every variable that is missing or wrong. */
async function refuseIfIncomplete(settings: Settings): Promise<void> {
  const { parseEnv } = await import('#lib/platform/env.ts') // only now: `server-only` has to be answered first
  parseEnv({ ...programEnv(settings, process.env, {}), APP_URL: process.env.APP_URL })
}

async function ensurePorts({ host, port, sandboxPort }: Settings, patienceMs: number): Promise<void> {
  if (port === sandboxPort) throw new Error(`PORT and SANDBOX_PORT are both ${port}`)
  await ensureFree(port, 'PORT', host, patienceMs)
  if (sandboxPort !== null) await ensureFree(sandboxPort, 'SANDBOX_PORT', '127.0.0.1', patienceMs)
}

/** A PostgreSQL of our own, brought up to date; returns what the programs find in their environment. */
async function startOwnDatabase(
  settings: Settings,
  programs: Programs,
  supervisor: Supervisor,
): Promise<NodeJS.ProcessEnv> {
  const { dataDir } = settings
  const started: Awaited<ReturnType<typeof startEmbedded>>[] = []
  const start = async () => {
    const postgres = await startEmbedded(dataDir, { say, onlyPort: started[0]?.port }) // its clients know the first port
    started.push(postgres)
    return postgres
  }
  await supervisor.keep({ name: 'postgres', outlives: true, start })
  const [{ urls } = { urls: { app: '', owner: '' } }] = started
  const { authSecret, keyring } = readSecrets(dataDir)
  const env = programEnv(settings, process.env, {
    DATABASE_URL: urls.app,
    AUTH_SECRET: process.env.AUTH_SECRET || authSecret,
    KEYRING: process.env.KEYRING || keyring,
  })
  await migrate(programs, supervisor, env, urls.owner)
  return env
}

/** The database of DATABASE_URL: migrated by the owner if one is named, else only looked at. */
async function takeGivenDatabase(
  settings: Settings,
  programs: Programs,
  supervisor: Supervisor,
): Promise<NodeJS.ProcessEnv> {
  const env = programEnv(settings, process.env, {})
  const { DATABASE_URL: app = '', MIGRATION_DATABASE_URL: owner } = process.env
  if (owner) await migrate(programs, supervisor, env, owner)
  else await refuseIfBehind(app)
  return env
}

function migrate(programs: Programs, supervisor: Supervisor, env: NodeJS.ProcessEnv, owner: string): Promise<void> {
  return supervisor.run('the migration', programs.migration({ ...env, MIGRATION_DATABASE_URL: owner }))
}

function welcome({ appUrl, isEmbedded, sandboxPort }: Settings, milliseconds: number): void {
  const demo = [
    '',
    '    owner@acme.test     admin@acme.test     member@acme.test     reviewer@acme.test',
    '    owner@globex.test   (another organization)',
    '    password for all:   plugboard-demo',
    '',
    `    mail it sends:      ${appUrl}/dev/mail`,
  ]
  const lines = [
    '',
    `  Plugboard is ready at ${appUrl}   (${(milliseconds / 1000).toFixed(1)} s)`,
    ...(isEmbedded ? demo : []),
    ...(sandboxPort === null ? [] : [`    sandbox:            http://127.0.0.1:${sandboxPort}`]),
    '',
    '  Ctrl-C ends it.',
    '',
  ]
  console.log(lines.join('\n'))
}
