// What every measurement stands on: a PostgreSQL of its own with the product's roles, and a sandbox in a process of its own.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { deploy } from '#scripts/lib/deploy.ts'
import { withLogin } from '#scripts/lib/embedded.ts'
import { freePort } from '#scripts/lib/ports.ts'
import { startPostgres } from '#scripts/lib/postgres-server.ts'
import { sandboxPart } from '#scripts/lib/programs.ts'
import { provision, withClient } from '#scripts/lib/roles.ts'
import { readSettings } from '#scripts/lib/settings.ts'
import type { Supervisor } from '#scripts/lib/supervise.ts'
import { logSettings } from './statements.ts'

/** One database as three roles see it. */
export type Database = { app: string; owner: string; superuser: string }

/** The floor under a run. */
export type Floor = {
  database: Database
  /** a copy of the empty, migrated database */
  copy: (name: string) => Promise<Database>
  /** what the product finds in its environment */
  env: NodeJS.ProcessEnv
  /** ends what is kept by it when the run is over */
  supervisor: Supervisor
}

const owner = { user: 'plugboard_owner', password: 'owner' }
const app = { user: 'plugboard_app', password: 'app' }
// the data are thrown away; no background work of the server falls into a measurement
const settings = {
  ...logSettings,
  fsync: 'off',
  synchronous_commit: 'off',
  max_connections: 200,
  autovacuum: 'off',
  max_wal_size: '4GB',
}

const urlsFor = (superuser: string): Database => ({
  superuser,
  owner: withLogin(superuser, owner.user, owner.password),
  app: withLogin(superuser, app.user, app.password),
})

/** Starts both under a supervisor, which ends them; the environment of this process becomes the product's. */
export async function layFloor(supervisor: Supervisor): Promise<Floor> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plugboard-bench-'))
  fs.chmodSync(folder, 0o755) // mkdtemp lets nobody else in, PostgreSQL's own user included
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }))
  let asSuperuser = (_name: string) => ''
  await supervisor.keep({
    name: 'postgres',
    outlives: true,
    start: async () => {
      const postgres = await startPostgres({ folder: path.join(folder, 'postgres'), settings })
      asSuperuser = postgres.superuserUrl
      return postgres
    },
  })
  const template = await makeTemplate(asSuperuser)
  const copy = async (name: string) => {
    await withClient(asSuperuser('postgres'), (client) =>
      client.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER ${owner.user} STRATEGY file_copy`),
    )
    return urlsFor(asSuperuser(name))
  }
  const database = await copy('bench')
  const env = await environmentOf(database, folder)
  Object.assign(process.env, env)
  await supervisor.keep(sandboxPart(readSettings(env, false), env))
  return { database, copy, env, supervisor }
}

async function makeTemplate(asSuperuser: (name: string) => string): Promise<string> {
  const name = 'plugboard_template'
  await withClient(asSuperuser('postgres'), (client) => provision(client, { owner, app }, name))
  const { queues } = await import('#worker/queues.ts')
  const urls = urlsFor(asSuperuser(name))
  await deploy(urls.owner, urls.app, queues)
  return name
}

async function environmentOf(database: Database, folder: string): Promise<NodeJS.ProcessEnv> {
  const port = await freePort()
  const { PATH, HOME, TMPDIR, CHROMIUM_PATH } = process.env
  return {
    ...(PATH ? { PATH } : {}),
    ...(HOME ? { HOME } : {}),
    ...(TMPDIR ? { TMPDIR } : {}),
    ...(CHROMIUM_PATH ? { CHROMIUM_PATH } : {}),
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: database.app,
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    KEYRING: `k1:${randomBytes(32).toString('base64')}`,
    PORT: String(port),
    APP_URL: `http://localhost:${port}`,
    DATA_DIR: folder,
    SANDBOX: 'on',
    SANDBOX_PORT: String(await freePort()),
    LOG_LEVEL: 'warn',
  }
}
