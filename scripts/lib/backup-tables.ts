// What a backup holds: every table of the product, and the jobs that are not done.
import type pg from 'pg'
import pgDriver from 'pg'

const quote = pgDriver.escapeIdentifier

/** A table, and which of its columns and rows matter. */
export type Table = {
  name: string
  /** as SQL wants them: quoted, with the schema */
  sql: string
  columns: string[]
  where: string
}

/** The product's tables, each after those it points at; then pg-boss's jobs. */
export async function readTables(client: pg.Client): Promise<Table[]> {
  const { rows: tables } = await client.query<{ name: string; parents: string[] }>(`
    SELECT c.relname AS name,
      ARRAY(SELECT DISTINCT p.relname::text FROM pg_constraint f JOIN pg_class p ON p.oid = f.confrelid
            WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS parents
    FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND c.relname <> '_prisma_migrations'
    ORDER BY c.relname`)
  const product: Table[] = []
  for (const name of parentsFirst(tables)) product.push(await readTable(client, 'public', name, 'TRUE'))
  // job_state is an enum in the order of a job's life (pg-boss, src/plans.ts)
  return [...product, await readTable(client, 'pgboss', 'job', "state < 'completed'")]
}

function parentsFirst(tables: { name: string; parents: string[] }[]): string[] {
  const ordered: string[] = []
  let left = tables
  while (left.length > 0) {
    const ready = left.filter(({ parents }) => parents.every((parent) => ordered.includes(parent)))
    if (ready.length === 0)
      throw new Error(`these tables point at each other: ${left.map(({ name }) => name).join(', ')}`)
    ordered.push(...ready.map(({ name }) => name))
    left = left.filter((table) => !ready.includes(table))
  }
  return ordered
}

async function readTable(client: pg.Client, schema: string, name: string, where: string): Promise<Table> {
  const sql = `${quote(schema)}.${quote(name)}`
  const { rows } = await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
    [sql],
  )
  return { name: `${schema}.${name}`, sql, columns: rows.map((row) => row.name), where }
}

/** The columns of a table as SQL wants them. */
export const columnsOf = (table: Pick<Table, 'columns'>) => table.columns.map(quote).join(', ')

/** Row-level security would leave out rows without a word: with this, PostgreSQL refuses instead. */
export const NOTHING_LEFT_OUT = 'SET row_security = off'
