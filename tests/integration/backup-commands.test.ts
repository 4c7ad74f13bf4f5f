// The commands of docs/runbooks/backup.md, as somebody with a database of their own runs them one after the other.
import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, inject, test } from 'vitest'
import { withOrg } from '#lib/platform/db.ts'
import { checkKeys } from '#lib/vault/check-keys.ts'
import { openGrant } from '#lib/vault/grant.ts'
import { withClient } from '#scripts/lib/roles.ts'
import { connect, newOrganization } from '#tests/support/organization.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

withSandbox()

const runbook = fs.readFileSync('docs/runbooks/backup.md', 'utf8')
const { scripts } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> } // npm's own shape
const PASSWORD = 'of-the-backup'

/** `npm run <script> -- <args>` as package.json has it, without the npm around it. */
const npmRun = (script: string, args: string[], env: Record<string, string> = {}) => {
  const [, ...words] = (scripts[script] ?? '').split(' ') // node scripts/run.mjs scripts/backup.ts
  const all = { ...process.env, ...env }
  return promisify(execFile)(process.execPath, [...words, ...args], { env: all, timeout: 120_000 })
}

const withUser = (address: string, user: string, password: string, database: string) => {
  const url = new URL(address)
  Object.assign(url, { username: user, password, pathname: `/${database}` })
  return url.href
}
const inDatabase = (address: string, database: string) => {
  const url = new URL(address)
  url.pathname = `/${database}`
  return url.href
}

/** An empty database, as an administrator makes one. */
async function emptyDatabase(superuser: string): Promise<string> {
  const name = `again_${randomUUID()}`
  await withClient(inDatabase(superuser, 'postgres'), (client) =>
    client.query(`CREATE DATABASE "${name}" OWNER plugboard_owner`),
  )
  return name
}

test('every command that the runbook names is there', () => {
  const named = [...runbook.matchAll(/npm (?:run )?([\w:-]+)/g)].map(([, name]) => name ?? '')
  expect(named.length).toBeGreaterThan(4)
  expect(named.filter((name) => !(name in scripts))).toEqual([])
})

test('40: with the commands of the runbook a backup is taken, restored into an empty database, and still decrypts; with another keyring it does not', async () => {
  await checkKeys() // as every start does: from then on the keys are known
  const { owner } = await newOrganization()
  await connect(owner)
  const [before] = await withOrg(owner.actor, (db) => db.credential.findMany())
  const superuser = process.env.SUPERUSER_DATABASE_URL ?? ''
  const [, role = ''] = /```sql\n([\s\S]*?)```/.exec(runbook) ?? []
  const { rowCount } = await withClient(superuser, (client) =>
    client.query(`SELECT FROM pg_roles WHERE rolname = 'plugboard_backup'`),
  )
  if (rowCount === 0) await withClient(superuser, (client) => client.query(role.replace('...', PASSWORD)))

  const file = path.join(process.env.DATA_DIR ?? '', 'runbook.gz')
  const from = new URL(superuser).pathname.slice(1)
  const backup = await npmRun('backup', [file], {
    BACKUP_DATABASE_URL: withUser(superuser, 'plugboard_backup', PASSWORD, from),
  })
  expect(backup.stdout).toMatch(/\d+ rows of \d+ tables are in .*\n.*the keyring is not in it/)

  const again = await emptyDatabase(superuser)
  const there = {
    MIGRATION_DATABASE_URL: inDatabase(inject('template').owner, again),
    DATABASE_URL: inDatabase(inject('template').app, again),
  }
  expect((await npmRun('migrate', ['deploy'], there)).stdout).toContain('applied ')
  const restored = await npmRun('restore', [file], {
    ...there,
    BACKUP_DATABASE_URL: withUser(superuser, 'plugboard_backup', PASSWORD, again),
  })
  expect(restored.stdout).toMatch(/\d+ rows of \d+ tables are back/)

  const row = await withClient(inDatabase(superuser, again), async (client) => {
    const { rows } = await client.query('SELECT * FROM "Credential" WHERE id = $1', [before?.id])
    return rows[0]
  })
  const none = { organizationId: '', id: '', version: 0 }
  expect(await openGrant(row.sealed, row)).toEqual(await openGrant(before?.sealed ?? '', before ?? none))
  expect(await openGrant(row.sealed, row)).toMatchObject({ token: expect.any(String) })

  const other = { ...there, KEYRING: `k1:${randomBytes(32).toString('base64')}`, EMBEDDED: '' }
  const refused = await npmRun('start:worker', [], other).catch((error: { stdout: string; stderr: string }) => error)
  expect(`${refused.stdout}${refused.stderr}`).toMatch(
    /KEYRING: the key .* is not the key of that name that sealed what is stored/,
  )
  expect(refused).toBeInstanceOf(Error)
}, 180_000)
