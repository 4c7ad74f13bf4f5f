// Writes all rows, as they were at one moment, into one compressed file.
import fs from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import { columnsOf, NOTHING_LEFT_OUT, readTables, type Table } from './backup-tables.ts'
import { withClient } from './roles.ts'

/** Of the format: another number is another way to read it. */
export const BACKUP_VERSION = 1
const ROWS_AT_ONCE = 1000

/** How many rows of each table. */
export type Rows = Record<string, number>

/**
 * Writes the database of `url`, whose role has to see every row (superuser or BYPASSRLS), to `file`.
 * The file appears when it is complete; only its owner can read it. It holds credentials, sealed, and not the keyring.
 */
export async function takeBackup(url: string, file: string): Promise<Rows> {
  const partial = `${file}.${process.pid}.partial`
  try {
    return await withClient(url, async (client) => {
      await client.query(NOTHING_LEFT_OUT)
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
      const rows: Rows = {}
      const lines = Readable.from(readLines(client, rows))
      await pipeline(lines, createGzip(), fs.createWriteStream(partial, { mode: 0o600, flush: true }))
      fs.renameSync(partial, file)
      return rows
    })
  } finally {
    fs.rmSync(partial, { force: true })
  }
}

/** A line for the whole, one for each table, one for each row, and one that says that nothing is missing. */
async function* readLines(client: pg.Client, rows: Rows): AsyncGenerator<string> {
  const migrations = await client.query(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1',
  )
  const names = migrations.rows.map((row) => row.migration_name)
  yield line({ plugboard: BACKUP_VERSION, takenAt: new Date().toISOString(), migrations: names })
  for (const table of await readTables(client)) {
    yield line({ table: table.name, columns: table.columns })
    rows[table.name] = 0
    for await (const row of readRows(client, table)) {
      rows[table.name] = (rows[table.name] ?? 0) + 1
      yield line(row)
    }
  }
  yield line({ end: rows })
}

/** Each row as PostgreSQL writes a whole row as text: exact for every type, and it reads it back. */
async function* readRows(client: pg.Client, table: Table): AsyncGenerator<string> {
  await client.query(
    `DECLARE backup NO SCROLL CURSOR FOR SELECT ROW(${columnsOf(table)})::text AS row FROM ${table.sql} WHERE ${table.where}`,
  )
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`FETCH ${ROWS_AT_ONCE} FROM backup`)
    if (rows.length === 0) break
    for (const { row } of rows) yield row
  }
  await client.query('CLOSE backup')
}

const line = (value: unknown) => `${JSON.stringify(value)}\n`
