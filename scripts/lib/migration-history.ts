// Which migrations a database has, asked without the schema engine: the app role may read that too.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { withClient } from './roles.ts'

const MIGRATIONS = 'prisma/migrations'

/**
 * The migrations of this checkout that the database does not have, in order.
 * Throws for one whose text is not the text that was applied.
 */
export async function pendingMigrations(client: pg.Client): Promise<string[]> {
  const { rows: tables } = await client.query(`SELECT to_regclass('public._prisma_migrations') AS history`)
  const wanted = migrationNames()
  if (tables[0].history === null) return wanted
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]))
  const edited = wanted.find((name) => applied.has(name) && applied.get(name) !== checksumOf(name))
  if (edited) throw new Error(`migration ${edited} was changed after it was applied: write a new one instead`)
  return wanted.filter((name) => !applied.has(name))
}

function migrationNames(): string[] {
  const entries = fs.existsSync(MIGRATIONS) ? fs.readdirSync(MIGRATIONS, { withFileTypes: true }) : []
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

/** As Prisma keeps it in _prisma_migrations.checksum. */
function checksumOf(name: string): string {
  return createHash('sha256')
    .update(fs.readFileSync(path.join(MIGRATIONS, name, 'migration.sql')))
    .digest('hex')
}

/** Throws an Error that says what to do when the database is not what this version needs. */
export async function refuseIfBehind(url: string): Promise<void> {
  const pending = await withClient(url, pendingMigrations)
  if (pending.length === 0) return
  throw new Error(
    `the database lacks ${pending.join(', ')}: set MIGRATION_DATABASE_URL to the owner of its tables, or run\n` +
      '  MIGRATION_DATABASE_URL=... npm run migrate -- deploy',
  )
}
