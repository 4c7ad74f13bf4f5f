// npm start, npm run dev: everything Plugboard needs on one machine, kept running until Ctrl-C.
import './lib/server-only.mjs'
import { parseEnv } from '#lib/platform/env.ts'
import { startEmbedded } from './lib/embedded.ts'
import { type Hold, holdFolder, readHolder } from './lib/folder-lock.ts'
import { onEnd } from './lib/lifeline.mjs'
import { refuseIfBehind } from './lib/migration-history.ts'
import { ensureFree } from './lib/ports.ts'
import { ensureBuilt, ensureGenerated } from './lib/prepare.ts'
import { sandboxPart, seedProgram, webPart, workerPart } from './lib/programs.ts'
import { readSecrets } from './lib/secrets.ts'
import { programEnv, readSettings, type Settings } from './lib/settings.ts'
import { Stopped, type Supervisor, supervise } from './lib/supervise.ts'

const say = (line: string) => console.log(`[plugboard] ${line}`)

/** How long the children of a start that was killed may take to let go of their ports. */
const LEFTOVERS_END_WITHIN_MS = 10_000

async function main(): Promise<number> {
  const settings = readSettings(process.env, process.argv.includes('--dev'))
  const hold = holdFolder(settings.dataDir, { pid: process.pid, address: settings.appUrl })
  if (!hold) throw new Error(whyHeld(settings))
  const supervisor = supervise(say)
  onEnd((why) => {
    say(`${why}: ending`)
    void supervisor.stop(null)
  })
  try {
    await startAll(settings, supervisor, hold)
  } catch (error) {
    await supervisor.stop(error instanceof Stopped ? null : messageOf(error))
  }
  const fault = await supervisor.over
  hold.release()
  if (fault === null) say('ended')
  else console.error(`[plugboard] ${fault}`)
  return fault === null ? 0 : 1
}

function whyHeld({ dataDir }: Settings): string {
  const holder = readHolder(dataDir)
  const who = holder ? `process ${holder.pid} (${holder.address})` : 'another process'
  return `${who} uses ${dataDir}: end that first, or set DATA_DIR (and PORT, SANDBOX_PORT) for a second one`
}

async function startAll(settings: Settings, supervisor: Supervisor, hold: Hold): Promise<void> {
  const began = performance.now()
  if (!settings.isEmbedded) parseEnv(programEnv(settings, process.env, {})) // names everything that is missing
  await ensurePorts(settings, hold.wasAbandoned ? LEFTOVERS_END_WITHIN_MS : 0)
  if (settings.isDev) await ensureGenerated(supervisor, say)
  const build = settings.isDev ? null : await ensureBuilt(supervisor, say)
  const env = settings.isEmbedded
    ? await startOwnDatabase(settings, supervisor)
    : await takeGivenDatabase(settings, supervisor)
  if (settings.sandboxPort !== null) await supervisor.keep(sandboxPart(settings.sandboxPort, env))
  if (settings.isEmbedded) await supervisor.run('the demo seed', seedProgram(env))
  await Promise.all([supervisor.keep(webPart(settings, env, build)), supervisor.keep(workerPart(env))])
  welcome(settings, performance.now() - began)
}

async function ensurePorts({ host, port, sandboxPort }: Settings, patienceMs: number): Promise<void> {
  if (port === sandboxPort) throw new Error(`PORT and SANDBOX_PORT are both ${port}`)
  await ensureFree(port, 'PORT', host, patienceMs)
  if (sandboxPort !== null) await ensureFree(sandboxPort, 'SANDBOX_PORT', '127.0.0.1', patienceMs)
}

/** A PostgreSQL of our own, brought up to date; returns what the programs find in their environment. */
async function startOwnDatabase(settings: Settings, supervisor: Supervisor): Promise<NodeJS.ProcessEnv> {
  const { dataDir } = settings
  let database: { urls: { app: string; owner: string }; port: number } | undefined
  const start = async () => {
    const postgres = await startEmbedded(dataDir, { say, onlyPort: database?.port }) // its clients know this port
    database = postgres
    return postgres
  }
  await supervisor.keep({ name: 'postgres', outlives: true, start })
  if (!database) throw new Stopped()
  const { authSecret, keyring } = readSecrets(dataDir)
  const env = programEnv(settings, process.env, {
    DATABASE_URL: database.urls.app,
    AUTH_SECRET: process.env.AUTH_SECRET || authSecret,
    KEYRING: process.env.KEYRING || keyring,
  })
  await migrate(supervisor, env, database.urls.owner)
  return env
}

/** The database of DATABASE_URL: migrated by the owner if one is named, else only looked at. */
async function takeGivenDatabase(settings: Settings, supervisor: Supervisor): Promise<NodeJS.ProcessEnv> {
  const env = programEnv(settings, process.env, {})
  if (process.env.MIGRATION_DATABASE_URL) await migrate(supervisor, env, process.env.MIGRATION_DATABASE_URL)
  else await refuseIfBehind(process.env.DATABASE_URL ?? '')
  return env
}

function migrate(supervisor: Supervisor, env: NodeJS.ProcessEnv, owner: string): Promise<void> {
  const withOwner = { ...env, MIGRATION_DATABASE_URL: owner }
  return supervisor.run('the migration', { args: ['scripts/migrate.ts', 'deploy'], env: withOwner })
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

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

try {
  process.exit(await main())
} catch (error) {
  console.error(`[plugboard] ${messageOf(error)}`)
  process.exit(1)
}
