// Puts a backup into a database that has the same migrations and no rows.
import fs from 'node:fs'
import readline from 'node:readline'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type pg from 'pg'
import { columnsOf, NOTHING_LEFT_OUT, readTables, type Table } from './backup-tables.ts'
import { pendingMigrations } from './migration-history.ts'
import { withClient } from './roles.ts'
import { BACKUP_VERSION, type Rows } from './take-backup.ts'

const ROWS_AT_ONCE = 500

/** Where the rows of one table wait until all are there. */
type Staging = { table: Table; name: string }

/**
 * Restores `file` into the database of `url` in one commit: all of it, checked, or nothing.
 * Throws an Error when the database is not empty or of another version, and when the file is cut or altered.
 */
export async function restoreBackup(url: string, file: string): Promise<Rows> {
  return withClient(url, async (client) => {
    await client.query(NOTHING_LEFT_OUT)
    await client.query('BEGIN')
    const tables = await readTables(client)
    await refuseIfFilled(client, tables)
    const { stagings, expected } = await stage(client, tables, file)
    // a table at a time, in the order of its references: each is one statement, so rows may point at each other
    for (const { table, name } of stagings.toSorted((a, b) => tables.indexOf(a.table) - tables.indexOf(b.table)))
      await client.query(
        `INSERT INTO ${table.sql} (${columnsOf(table)}) OVERRIDING SYSTEM VALUE SELECT ${columnsOf(table)} FROM ${name}`,
      )
    await refuseIfDifferent(client, tables, expected)
    await client.query('COMMIT')
    return expected
  })
}

async function refuseIfFilled(client: pg.Client, tables: Table[]): Promise<void> {
  for (const { name, sql, where } of tables) {
    const { rowCount } = await client.query(`SELECT FROM ${sql} WHERE ${where} LIMIT 1`)
    if (rowCount !== 0) throw new Error(`${name} has rows already: restore into a new, empty database`)
  }
}

async function refuseIfDifferent(client: pg.Client, tables: Table[], expected: Rows): Promise<void> {
  for (const { name, sql, where } of tables) {
    const { rows } = await client.query(`SELECT count(*)::int AS count FROM ${sql} WHERE ${where}`)
    if (rows[0].count !== (expected[name] ?? 0))
      throw new Error(`${name} has ${rows[0].count} rows after the restore, the backup ${expected[name] ?? 0}`)
  }
}

/** Reads the file into temporary tables, which have no constraints yet. */
async function stage(
  client: pg.Client,
  tables: Table[],
  file: string,
): Promise<{ stagings: Staging[]; expected: Rows }> {
  const stagings: Staging[] = []
  let expected: Rows | null = null
  let waiting: string[] = []
  const flush = async () => {
    const current = stagings.at(-1)
    if (!current || waiting.length === 0) return
    const rows = `SELECT (row).* FROM unnest($1::text[]::${current.name}[]) AS row`
    await client.query(`INSERT INTO ${current.name} ${rows}`, [waiting])
    waiting = []
  }
  for await (const text of linesOf(file)) {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'string') {
      waiting.push(value)
      if (waiting.length >= ROWS_AT_ONCE) await flush()
      continue
    }
    await flush()
    const head = value as { plugboard?: number; migrations?: string[]; table?: string; columns?: string[]; end?: Rows } // as take-backup.ts writes it
    if (head.plugboard !== undefined) await refuseOtherVersion(client, head.plugboard, head.migrations ?? [])
    if (head.table) stagings.push(await openStaging(client, tables, head.table, head.columns ?? [], stagings.length))
    if (head.end) expected = head.end
  }
  if (!expected) throw new Error('the backup is not complete: its last line is missing')
  return { stagings, expected }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  // pipeline's callback is needed so that a broken file rejects the loop below instead of ending it early
  const unzipped = pipeline(fs.createReadStream(file), createGunzip(), () => {})
  try {
    yield* readline.createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY })
  } catch (error) {
    throw new Error(`${file} is not a whole backup`, { cause: error })
  }
}

async function refuseOtherVersion(client: pg.Client, version: number, migrations: string[]): Promise<void> {
  if (version !== BACKUP_VERSION)
    throw new Error(`the backup has format ${version}, this version reads ${BACKUP_VERSION}`)
  const pending = await pendingMigrations(client)
  if (pending.length > 0)
    throw new Error(`the database lacks ${pending.join(', ')}: run npm run migrate -- deploy first`)
  const { rows } = await client.query(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1',
  )
  const here = rows.map((row) => String(row.migration_name))
  if (here.join() !== migrations.join())
    throw new Error(
      `the backup was taken with the migrations ${migrations.join(', ')}, the database has ${here.join(', ')}: ` +
        'restore with the version of Plugboard that took it, then upgrade',
    )
}

async function openStaging(
  client: pg.Client,
  tables: Table[],
  name: string,
  columns: string[],
  nth: number,
): Promise<Staging> {
  const table = tables.find((one) => one.name === name)
  if (!table || table.columns.join() !== columns.join())
    throw new Error(`the database has no such ${name} as the backup`)
  const staging = `pg_temp.restore_${nth}`
  await client.query(
    `CREATE TEMP TABLE restore_${nth} ON COMMIT DROP AS SELECT ${columnsOf(table)} FROM ${table.sql} LIMIT 0`,
  )
  return { table, name: staging }
}
