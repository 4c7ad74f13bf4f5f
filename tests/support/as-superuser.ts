import type pg from 'pg'
import { withClient } from '#scripts/lib/roles.ts'

/** Works in this file's database past row-level security: what the product itself could neither do nor see. */
export const asSuperuser = <T>(work: (client: pg.Client) => Promise<T>): Promise<T> =>
  withClient(process.env.SUPERUSER_DATABASE_URL ?? '', work)

/** All rows of a table, whoever's they are, as text. */
export const everyRow = (table: string): Promise<string> =>
  asSuperuser(async (client) => JSON.stringify((await client.query(`SELECT * FROM "${table}"`)).rows))

/** The tables whose rows belong to an organization. */
export async function scopedTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'organizationId' ORDER BY 1`,
  )
  return rows.map(({ name }) => name)
}
