// Brings a database to what this version of the code needs: roles, tables, queues, rights.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { deployQueues, type Queue } from './queues.ts'
import { ensureRoles, grantAccess, userOf, withClient } from './roles.ts'
import { everything, openEngine } from './schema-engine.ts'

const MIGRATIONS = 'prisma/migrations'

/** An advisory lock of ours: two deploys at once would meet in the catalogue. Any fixed number does. */
const ONE_DEPLOY = 7_215_001

/** Runs everything that is missing, as the owner; safe to run again and by several at once. Returns the migrations applied. */
export async function deploy(ownerUrl: string, appUrl: string, queues: readonly Queue[]): Promise<string[]> {
  return withClient(ownerUrl, async (owner) => {
    await owner.query('SELECT pg_advisory_lock($1)', [ONE_DEPLOY])
    await ensureRoles(owner, userOf(appUrl))
    const applied = (await pendingMigrations(owner)).length > 0 ? await migrate(ownerUrl) : []
    await deployQueues(ownerUrl, queues)
    await grantAccess(owner, userOf(appUrl))
    return applied
  })
}

async function migrate(ownerUrl: string): Promise<string[]> {
  const engine = await openEngine(ownerUrl)
  try {
    const input = { migrationsList: engine.migrations(), filters: everything }
    return (await engine.ask((open) => open.applyMigrations(input))).appliedMigrationNames
  } finally {
    await engine.close()
  }
}

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
