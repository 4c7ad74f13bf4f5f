// Before a test file imports anything: its own database, its own DATA_DIR, its own port for a sandbox.
// The environment is parsed once, at the first import of lib/platform/env.ts, so it has to be complete here.
// Database and DATA_DIR go with the run: dropping a database here would cut open connections.
// A file that wants the sandbox starts it on 127.0.0.1:process.env.SANDBOX_PORT (tests/support/sandbox.ts).
import { randomBytes, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { inject } from 'vitest'
import { freePort } from '#scripts/lib/ports.ts'
import { withClient } from '#scripts/lib/roles.ts'

const template = inject('template')
const name = `test_${randomUUID()}`
const dataDir = fs.mkdtempSync(path.join(inject('runFolder'), 'data-'))

const inDatabase = (url: string, database: string) => {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}
await withClient(inDatabase(template.superuser, 'postgres'), (client) =>
  client.query(`CREATE DATABASE "${name}" TEMPLATE plugboard_template OWNER plugboard_owner STRATEGY file_copy`),
)

Object.assign(process.env, {
  DATABASE_URL: inDatabase(template.app, name),
  MIGRATION_DATABASE_URL: inDatabase(template.owner, name),
  // for tests of the database itself: plants rows past every wall, reads the catalogue
  SUPERUSER_DATABASE_URL: inDatabase(template.superuser, name),
  AUTH_SECRET: randomBytes(32).toString('base64url'),
  KEYRING: `k1:${randomBytes(32).toString('base64')}`,
  APP_URL: 'http://localhost:3000',
  DATA_DIR: dataDir,
  EMBEDDED: '1',
  SANDBOX: 'on',
  SANDBOX_PORT: String(await freePort()),
})
