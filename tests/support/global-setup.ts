// One PostgreSQL for a test run, with the product's own roles and everything deployed into a template.
import '#scripts/lib/server-only.mjs'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { deploy } from '#scripts/lib/deploy.ts'
import { withLogin } from '#scripts/lib/embedded.ts'
import { startPostgres } from '#scripts/lib/postgres-server.ts'
import { isAlive } from '#scripts/lib/process.ts'
import { provision, withClient } from '#scripts/lib/roles.ts'

/** The database every test file gets a copy of, as three roles see it. */
export type Template = { superuser: string; owner: string; app: string }

declare module 'vitest' {
  export interface ProvidedContext {
    template: Template
    /** everything a run writes; gone with it */
    runFolder: string
  }
}

const NAME = 'plugboard_template'
const owner = { user: 'plugboard_owner', password: 'owner' }
const app = { user: 'plugboard_app', password: 'app' }
// the data are thrown away: nothing has to survive a power cut
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 200 }

/** Starts the server and deploys; the returned function ends it and removes its files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = makeRunFolder()
  const postgres = await startPostgres({ folder: path.join(folder, 'postgres'), settings })
  const end = async () => {
    await postgres.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  }
  try {
    const superuser = postgres.superuserUrl(NAME)
    await withClient(postgres.superuserUrl('postgres'), (client) => provision(client, { owner, app }, NAME))
    const urls = {
      superuser,
      owner: withLogin(superuser, owner.user, owner.password),
      app: withLogin(superuser, app.user, app.password),
    }
    const { queues } = await import('#worker/queues.ts')
    await deploy(urls.owner, urls.app, queues)
    // no connection, autovacuum's included, may be open on a database that is being copied
    await withClient(postgres.superuserUrl('postgres'), (client) =>
      client.query(`ALTER DATABASE ${NAME} ALLOW_CONNECTIONS false`),
    )
    project.provide('template', urls)
    project.provide('runFolder', folder)
    return end
  } catch (error) {
    await end()
    throw error
  }
}

/** A folder that carries this process's id; those of runs that were killed are removed. */
function makeRunFolder(): string {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const [, pid] = /^plugboard-test-(\d+)-/.exec(name) ?? []
    if (pid && !isAlive(Number(pid))) fs.rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true })
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `plugboard-test-${process.pid}-`))
  fs.chmodSync(folder, 0o755) // mkdtemp lets nobody else in, PostgreSQL's own user included
  return folder
}
